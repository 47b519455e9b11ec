import { setTimeout as delay } from "node:timers/promises";
import { type EventSummary, type ListEventsQuery, type Passage, PassageError } from "@passage/connect";

export interface TailOptions {
  /** Begin with what came after this event; undefined for the log's first. {@link newest} is the one to begin now. */
  readonly after: string | undefined;
  /** Types, separated by commas; undefined for all. */
  readonly type?: string | undefined;
  /** Only of this link. */
  readonly linkId?: string | undefined;
  readonly signal: AbortSignal;
  /** Told once when the server stops answering, and once when it answers again. */
  readonly onConnection?: (answers: boolean) => void;
}

const pollMs = 1_000;

/** Events as they happen, each once, in their order. A server that is away for a while loses none. */
export async function* tail(passage: Passage, options: TailOptions): AsyncGenerator<EventSummary> {
  const { type, linkId, signal, onConnection } = options;
  let last = options.after;
  let answers = true;
  while (!signal.aborted) {
    try {
      for (const event of await since(passage, { type, linkId, after: last })) {
        yield event;
        last = event.id;
      }
      if (!answers) onConnection?.(true);
      answers = true;
    } catch (error) {
      if (!(error instanceof PassageError && error.code === "connection_failed")) throw error;
      if (answers) onConnection?.(false);
      answers = false;
    }
    await delay(pollMs, undefined, { signal });
  }
}

/** The newest event's id; undefined when nothing has happened yet. */
export async function newest(passage: Passage): Promise<string | undefined> {
  return (await passage.events.list({ limit: 1 })).events[0]?.id;
}

/** Oldest first. Without one to come after, the log was empty, so all that is in it is new. */
async function since(passage: Passage, query: ListEventsQuery): Promise<EventSummary[]> {
  const events = [];
  for await (const event of passage.events.list({ ...query, limit: 100 })) events.push(event);
  return query.after === undefined ? events.reverse() : events;
}
