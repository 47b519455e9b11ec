import type { Link } from "@passage/protocol/http/link";
import type { Page } from "playwright-core";
import { createLink, getLink } from "./api.ts";
import { DevToolsHands } from "./devtools-hands.ts";
import { openDeviceProcess } from "./open-device.ts";
import type { Running } from "./passage-process.ts";
import { signInAs } from "./person.ts";
import { demandPublished, type Outcome } from "./published-types.ts";
import { startReceiver } from "./receiver.ts";

export interface Operation {
  readonly resource: string;
  readonly action: string;
  readonly arguments?: object;
}

export interface Journey {
  readonly link: Link;
  /** What the webhook brought. */
  readonly event: Pick<Link, "status" | "result" | "error"> & { readonly event: string; readonly linkId: string };
  /** What each operation found, in order; empty unless the link is complete. */
  readonly outcomes: readonly Outcome[];
  /** The names of the device's commands, in order. */
  readonly commands: readonly string[];
  /** What the device kept back: each of its lines that says so. On the sandbox it is a false refusal. */
  readonly keptBack: readonly string[];
}

/**
 * One link through the whole product: made with one operation or several, opened in a real browser where the sandbox user
 * signs in, and told by webhook. Results are checked against their published types.
 * @param then what the person does after the sign-in.
 */
export function journey(
  passage: Running,
  provider: string,
  user: string,
  operations: readonly Operation[],
  then: (person: Page) => Promise<unknown> = async () => {},
): Promise<Journey> {
  return journeyBy(passage, provider, operations, async (claimUrl) => {
    const device = await openDeviceProcess(claimUrl);
    await signInAs(new DevToolsHands(device.person), provider, user);
    await then(device.person);
    await device.ended;
    return device.output();
  });
}

/**
 * As `journey`, however the link is opened.
 * @param visit opens the claim address with `--verbose`, plays the person until the device has ended, and returns what the
 * device printed.
 */
export async function journeyBy(
  passage: Running,
  provider: string,
  operations: readonly Operation[],
  visit: (claimUrl: string) => Promise<string>,
): Promise<Journey> {
  const receiver = await startReceiver();
  try {
    const fields = operations.length === 1 ? operations[0] : { operations };
    const { linkId, claimCode } = await createLink(passage, {
      integrationId: provider,
      webhookUrl: receiver.url,
      ...fields,
    });
    const printed = await visit(`${passage.url}/claim?code=${claimCode}`);
    const [delivered] = await receiver.count(1);
    const event = JSON.parse(delivered?.body ?? "{}");
    const link = await getLink(passage, linkId);
    const outcomes = link.status === "complete" ? outcomesOf(operations, link.result) : [];
    outcomes.forEach(demandPublished);
    const commands = [...printed.matchAll(/^ *\d+ (\w+) \d+ ms/gm)].map(([, command = ""]) => command);
    const keptBack = printed.match(/^.*(kept back:|blocked_private|blocked_secret).*$/gm) ?? [];
    return { link, event, outcomes, commands, keptBack };
  } finally {
    await receiver.stop();
  }
}

/** A single operation's data is the result; several are wrapped. */
function outcomesOf(operations: readonly Operation[], result: unknown): Outcome[] {
  const [first] = operations;
  if (operations.length === 1 && first) return [{ resource: first.resource, action: first.action, data: result }];
  return (result as { operations: Outcome[] }).operations;
}
