import { setTimeout as delay } from "node:timers/promises";
import type { Delivery, EventSummary, LoggedEvent, Passage } from "@passage/connect";
import { type ApiOptions, exitCodes } from "../command.ts";
import { connectTo } from "../connection.ts";
import { jsonLines, noteLine, print, table, when } from "../print.ts";
import { untilInterrupted } from "../signals.ts";
import { newest, tail } from "./tail.ts";

export interface ListOptions extends ApiOptions {
  readonly type?: string;
  readonly link?: string;
  readonly limit: number;
}

/** `events list`: the newest first, as many as asked for. */
export async function listEvents(options: ListOptions): Promise<number> {
  const passage = await connectTo(options);
  const events = [];
  const query = { type: options.type, linkId: options.link, limit: Math.min(options.limit, 100) };
  for await (const event of passage.events.list(query)) {
    events.push(event);
    if (events.length === options.limit) break;
  }
  const words = events.length > 0 ? table(heading, events.map(rowOf)) : "No events.";
  print(options, { events }, words);
  return exitCodes.done;
}

/** `events get <id>`: its body, and how each of its deliveries fared. */
export async function getEvent(id: string, options: ApiOptions): Promise<number> {
  const event = await (await connectTo(options)).events.get(id);
  print(options, event, jsonLines(event));
  return exitCodes.done;
}

/** `events tail`: each event as it happens, until interrupted. */
export async function tailEvents(
  options: ApiOptions & { readonly type?: string; readonly after?: string },
): Promise<number> {
  const passage = await connectTo(options);
  return untilInterrupted(async (signal) => {
    const { type, after = await newest(passage) } = options;
    noteLine("Waiting for events. Ctrl-C ends.");
    for await (const event of tail(passage, { type, after, signal, onConnection: sayConnection }))
      print(options, event, rowOf(event).join("  "));
    return exitCodes.done;
  });
}

export interface ResendOptions extends ApiOptions {
  readonly endpoint?: string;
  readonly timeout: number;
}

/** `resend <event>`: to one endpoint or wherever it went, and waits for what becomes of it. */
export async function resend(id: string, options: ResendOptions): Promise<number> {
  const passage = await connectTo(options);
  const before = await passage.events.get(id);
  const { deliveries } = await passage.events.redeliver(id, { endpointId: options.endpoint });
  if (deliveries === 0) throw new Error("The event went nowhere: no webhookUrl, no endpoint. Give --endpoint whe_….");
  const event = await settled(passage, before, options.timeout * 1000);
  const chosen = event.deliveries.filter((one) => !options.endpoint || one.endpointId === options.endpoint);
  print(options, { deliveries: chosen }, chosen.map(wordsOf));
  return chosen.every(({ state }) => state === "delivered") ? exitCodes.done : exitCodes.failed;
}

/** The event once each delivery has had an attempt more than before, or when the time is over. */
async function settled(passage: Passage, before: LoggedEvent, timeoutMs: number): Promise<LoggedEvent> {
  const askedAt = Date.now();
  const triedBefore = new Map(before.deliveries.map((one) => [placeOf(one), lastTry(one)]));
  for (;;) {
    const event = await passage.events.get(before.id);
    const isOpen = event.deliveries.some(
      (one) => one.state === "sending" || (one.state === "waiting" && lastTry(one) === triedBefore.get(placeOf(one))),
    );
    if (!isOpen || Date.now() - askedAt > timeoutMs) return event;
    await delay(200);
  }
}

const placeOf = ({ endpointId, url }: Delivery) => endpointId ?? url;
const lastTry = ({ attempts }: Delivery) => attempts.at(-1)?.at;

function wordsOf({ endpointId, url, state, attempts, nextAttemptAt }: Delivery): string {
  const last = attempts.at(-1);
  const why = last?.error ? ` (${last.status ?? last.error})` : "";
  const next = state === "waiting" && nextAttemptAt !== null ? `, next attempt ${when(nextAttemptAt)}` : "";
  return `${endpointId ?? url}: ${state}${why}${next}`;
}

const heading = ["TIME", "EVENT", "TYPE", "LINK"];

function rowOf({ id, type, linkId, createdAt }: EventSummary): string[] {
  return [when(createdAt), id, type, linkId ?? "-"];
}

export function sayConnection(answers: boolean): void {
  noteLine(answers ? "The server answers again." : "The server does not answer; trying on.");
}
