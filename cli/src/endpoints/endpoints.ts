import type { SubscribableEventType, WebhookEndpoint } from "@passage/connect";
import { type ApiOptions, exitCodes } from "../command.ts";
import { connectTo } from "../connection.ts";
import { jsonLines, print, table, when } from "../print.ts";
import { passageCommand } from "../runtime/invocation.ts";

export interface ChangeOptions extends ApiOptions {
  readonly url?: string;
  readonly events?: SubscribableEventType[];
  readonly description?: string;
  readonly enable?: boolean;
  readonly disable?: boolean;
}

/** `endpoints create <url>`: with the secret of its signatures, which is shown once. */
export async function createEndpoint(url: string, options: ChangeOptions): Promise<number> {
  const { events: eventTypes, description } = options;
  const created = await (await connectTo(options)).webhookEndpoints.create({ url, eventTypes, description });
  print(options, created, [
    created.id,
    created.secret,
    `It gets ${created.eventTypes.join(", ")}. The secret is shown this once; or check X-Passage-Signature, which needs none.`,
  ]);
  return exitCodes.done;
}

/** `endpoints list`: with how each fared in the last day. */
export async function listEndpoints(options: ApiOptions): Promise<number> {
  const { endpoints } = await (await connectTo(options)).webhookEndpoints.list();
  const rows = endpoints.map((endpoint) => [
    endpoint.id,
    endpoint.url,
    endpoint.eventTypes.join(","),
    endpoint.disabled ? `disabled (${endpoint.disabledReason})` : "enabled",
    healthOf(endpoint),
    when(endpoint.health.lastSuccessAt),
  ]);
  const heading = ["ENDPOINT", "URL", "EVENTS", "STATE", "LAST 24 HOURS", "LAST SUCCESS"];
  print(options, { endpoints }, rows.length > 0 ? table(heading, rows) : "No endpoints.");
  return exitCodes.done;
}

function healthOf({ health: { attempts, successShare, backlog } }: WebhookEndpoint): string {
  const share = successShare === null ? "no attempts" : `${Math.round(successShare * 100)} % of ${attempts}`;
  return backlog > 0 ? `${share}, ${backlog} waiting` : share;
}

/** `endpoints update <id>`: what is not given stays as it is. @throws when nothing is given */
export async function updateEndpoint(id: string, options: ChangeOptions): Promise<number> {
  const { url, events: eventTypes, description, enable, disable } = options;
  if (enable && disable) throw new Error("Give --enable or --disable, not both.");
  const disabled = enable || disable ? disable === true : undefined;
  const change = { url, eventTypes, description, disabled };
  if (Object.values(change).every((one) => one === undefined))
    throw new Error("Say what to change: --url, --events, --description, --enable or --disable.");
  const endpoint = await (await connectTo(options)).webhookEndpoints.update(id, change);
  print(options, endpoint, jsonLines(endpoint));
  return exitCodes.done;
}

/** `endpoints delete <id>`: what is on its way to it ends. */
export async function deleteEndpoint(id: string, options: ApiOptions): Promise<number> {
  await (await connectTo(options)).webhookEndpoints.delete(id);
  print(options, { id, deleted: true }, `${id} is deleted.`);
  return exitCodes.done;
}

/** `endpoints test <id>`: a test event to this endpoint alone. */
export async function testEndpoint(id: string, options: ApiOptions): Promise<number> {
  const { eventId } = await (await connectTo(options)).webhookEndpoints.test(id);
  print(options, { eventId }, [eventId, `Whether it arrived: ${passageCommand} events get ${eventId}`]);
  return exitCodes.done;
}

/** `endpoints rotate-secret <id>`: webhooks carry a signature by the old one too, for the overlap (seconds). */
export async function rotateSecret(id: string, options: ApiOptions & { readonly overlap?: number }): Promise<number> {
  const { overlap: overlapSeconds } = options;
  const rotated = await (await connectTo(options)).webhookEndpoints.rotateSecret(id, { overlapSeconds });
  const { secret, previousUntil } = rotated;
  const old =
    previousUntil === null ? "The old one signs nothing more." : `The old one signs too until ${when(previousUntil)}.`;
  print(options, rotated, [secret, `Shown this once. ${old}`]);
  return exitCodes.done;
}
