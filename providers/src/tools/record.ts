import { Automation } from "@passage/automation/automation";
import { linkError } from "@passage/automation/failure";
import type { Issued } from "@passage/automation/issued";
import { type JournalEntry, MemoryJournal, type Recorded } from "@passage/automation/journal";
import type { Page } from "@passage/automation/page";
import { runOperation } from "@passage/automation/run-operation";
import type { Operation, Provider } from "../kit/define.ts";
import { formatRecording, type Recording } from "./recording.ts";
import type { Found } from "./scrub/find.ts";
import { scrub } from "./scrub/scrub.ts";

export interface Ran {
  readonly provider: Pick<Provider, "id" | "version">;
  readonly operation: Operation;
  readonly site: Recording["site"];
  readonly arguments: unknown;
  /** What was asked, and what the device answered. */
  readonly journal: readonly JournalEntry[];
  readonly ended: Recorded;
  /** Where the pages really were, by the live origin that they stood for. */
  readonly twins: ReadonlyMap<string, string>;
  /** Values that must not survive, beyond what is found: what the person typed, for one. */
  readonly known?: readonly string[];
}

/**
 * A run as a recording without personal data. Arguments and answers are scrubbed; then the operation runs again on them,
 * so that what it asks and finds follows from the scrubbed values, as it will in every replay.
 * @throws where the run takes another way on the scrubbed values, or a secret is still there.
 */
export async function makeRecording(ran: Ran): Promise<Recording> {
  const { provider, operation, site, twins, known = [] } = ran;
  const answers = ran.journal.map(({ answer }) => toLive(answer, twins));
  const { value, counts, secrets } = scrub({ arguments: ran.arguments, answers }, known);
  const again = await rerun(operation, value.arguments, value.answers);
  again.issued.forEach((issued, index) => {
    const [before, now] = [nameOf(JSON.parse(ran.journal[index]?.request ?? "null")), nameOf(issued)];
    if (before !== now)
      throw new Error(
        `The run takes another way on the scrubbed values: request ${index + 1} was ${before} and is ${now}. Its logic looks at a value that was replaced.`,
      );
  });
  if (again.issued.length !== answers.length)
    throw new Error(
      `The run takes another way on the scrubbed values: ${again.issued.length} requests instead of ${answers.length}.`,
    );
  if (wayOf(again.ended) !== wayOf(ran.ended))
    throw new Error(
      `The run ends in another way on the scrubbed values: it ended ${wayOf(ran.ended)}, and now ${wayOf(again.ended)}.`,
    );
  const made: Recording = {
    format: 1,
    provider: provider.id,
    version: provider.version,
    operation: `${operation.resource}:${operation.action}`,
    site,
    scrubbed: counts as Record<string, number>,
    arguments: value.arguments,
    journal: again.issued.map((request, index) => ({
      request: request as Record<string, unknown>,
      answer: value.answers[index] as Recording["journal"][number]["answer"],
    })),
    ended: again.ended,
  };
  demandClean(made, secrets);
  return made;
}

function demandClean(made: Recording, secrets: readonly Found[]): void {
  const text = formatRecording(made).toLowerCase();
  for (const { kind, text: secret } of secrets)
    if (secret.length >= 6 && text.includes(secret.toLowerCase()))
      throw new Error(
        `A value that was to be replaced (${kind}, ${secret.length} characters) is still in the recording. Nothing was kept.`,
      );
}

/** The run on given answers, whatever it asks. */
async function rerun(operation: Operation, args: unknown, answers: readonly Recorded[]) {
  const issued: Issued[] = [];
  const { promise, resolve } = Promise.withResolvers<Recording["ended"]>();
  const automation = new Automation(new MemoryJournal(), {
    onPending: (pending) => {
      issued.push(JSON.parse(JSON.stringify(pending.issued)));
      const answer = answers[pending.seq - 1];
      if (answer) automation.answer(pending.seq, answer, 0);
      else resolve({ result: null });
    },
    onResult: (result) => resolve({ result: JSON.parse(JSON.stringify(result ?? null)) }),
    onError: (error) => resolve({ error: JSON.parse(JSON.stringify(linkError(error))) }),
  });
  const run = (page: Page) => runOperation(operation, page, args);
  await automation.start(run);
  const ended = await promise;
  automation.stop();
  return { issued, ended };
}

function wayOf(ended: Recording["ended"] | Recorded): string {
  if ("result" in ended) return "complete";
  return `with ${ended.error.code} (${String(ended.error.details?.reason)})`;
}

function nameOf(issued: Issued | null): string {
  if (issued === null) return "nothing";
  return "yield" in issued ? "turn" : issued.command;
}

/** The value with the live address in place of every stand-in site's. */
function toLive<Value>(value: Value, twins: ReadonlyMap<string, string>): Value {
  let text = JSON.stringify(value);
  for (const [live, real] of twins)
    for (const way of [(url: string) => url, encodeURIComponent]) text = text.replaceAll(way(real), way(live));
  return JSON.parse(text);
}
