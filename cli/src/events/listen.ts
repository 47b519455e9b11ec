import type { EventSummary, Passage } from "@passage/connect";
import { type ApiOptions, exitCodes } from "../command.ts";
import { connectTo } from "../connection.ts";
import { noteLine, print, when } from "../print.ts";
import { untilInterrupted } from "../signals.ts";
import { sayConnection } from "./events.ts";
import { newest, tail } from "./tail.ts";

export interface ListenOptions extends ApiOptions {
  readonly forwardTo: string;
  readonly type: string;
  readonly after?: string;
}

/** What a receiver has time for, as with the server's own deliveries. */
const answerTimeoutMs = 15_000;

/**
 * `listen --forward-to <url>`: each event as the webhook that the server would send, carried to an address that only this
 * machine reaches. The server signs; the CLI hands on headers and body as they are.
 */
export async function listen(options: ListenOptions): Promise<number> {
  const passage = await connectTo(options);
  return untilInterrupted(async (signal) => {
    const { type, after = await newest(passage) } = options;
    noteLine(`Forwarding ${type} to ${options.forwardTo}. Ctrl-C ends.`);
    for await (const event of tail(passage, { type, after, signal, onConnection: sayConnection }))
      report(options, event, await forward(passage, event, options.forwardTo));
    return exitCodes.done;
  });
}

interface Forwarded {
  /** null: no answer. */
  readonly status: number | null;
  readonly ms: number;
  readonly error: string | null;
}

async function forward(passage: Passage, { id }: EventSummary, url: string): Promise<Forwarded> {
  const { headers, body } = await passage.events.delivery(id);
  const startedAt = Date.now();
  try {
    const { status } = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Passage-Webhooks/1", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    const error = status >= 200 && status < 300 ? null : "not taken: anything but 2xx is tried again by the server";
    return { status, ms: Date.now() - startedAt, error };
  } catch (error) {
    const reason = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    return { status: null, ms: Date.now() - startedAt, error: `no answer (${reason})` };
  }
}

function report(options: ListenOptions, event: EventSummary, { status, ms, error }: Forwarded): void {
  const came = status === null ? "" : `${status} in ${ms} ms`;
  const words = [when(event.createdAt), event.type, event.id, came, error].filter(Boolean).join("  ");
  print(options, { event, status, ms, error }, words);
}
