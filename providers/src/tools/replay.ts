import { Automation } from "@passage/automation/automation";
import { linkError } from "@passage/automation/failure";
import type { Journal } from "@passage/automation/journal";
import type { Page } from "@passage/automation/page";
import { runOperation } from "@passage/automation/run-operation";
import type { Operation } from "../kit/define.ts";
import { journalOf, type Recording } from "./recording.ts";

/** How a replay differs from its recording; `at` is the number of the request, or null where the end differs. */
export interface Divergence {
  readonly at: number | null;
  readonly message: string;
  readonly expected: unknown;
  readonly seen: unknown;
}

/**
 * Runs the operation offline, with the recorded answers. null: it asks for the same and ends in the same way.
 * @param onThrown is told what the run threw, as it was.
 */
export async function replay(
  operation: Operation,
  recording: Recording,
  onThrown?: (error: unknown) => void,
): Promise<Divergence | null> {
  const entries = journalOf(recording);
  const { promise, resolve } = Promise.withResolvers<Divergence | Recording["ended"]>();
  let asked = 0;
  const journal: Journal = {
    count: () => entries.length,
    read: (seq) => {
      if (seq > asked) asked = seq;
      return entries[seq - 1] ?? null;
    },
    size: () => 0,
    record: () => 0,
  };
  const expectedAt = (seq: number) => JSON.parse(entries[seq - 1]?.request ?? "null");
  const automation = new Automation(journal, {
    onDiverged: (seq, issued) =>
      resolve({
        at: seq,
        message: `Request ${seq} is another one than was recorded.`,
        expected: expectedAt(seq),
        seen: plain(issued),
      }),
    onPending: ({ seq, issued }) =>
      resolve({
        at: seq,
        message: `The recording ends after ${entries.length} requests; the run asks for more.`,
        expected: null,
        seen: plain(issued),
      }),
    onResult: (result) => resolve({ result }),
    onError: (error) => {
      onThrown?.(error);
      resolve({ error: linkError(error) });
    },
  });
  const run = (page: Page) => runOperation(operation, page, recording.arguments);
  await automation.start(run);
  const outcome = await promise;
  automation.stop();
  if ("at" in outcome) return outcome;
  const [seen, expected] = [plain(outcome), plain(recording.ended)];
  if (JSON.stringify(seen) !== JSON.stringify(expected))
    return { at: null, message: "The run ends in another way than was recorded.", expected, seen };
  if (asked === entries.length) return null;
  const message = `The run ends after ${asked} requests; ${entries.length} were recorded.`;
  return { at: asked + 1, message, expected: expectedAt(asked + 1), seen: null };
}

/** As it would stand in a file. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? "null");
}
