import { Automation, type Pending } from "@passage/automation/automation";
import { declarationsOf } from "@passage/automation/declarations";
import { linkError } from "@passage/automation/failure";
import type { Issued } from "@passage/automation/issued";
import { type JournalEntry, MemoryJournal, type Recorded } from "@passage/automation/journal";
import { runOperation } from "@passage/automation/run-operation";
import { sealedFor } from "@passage/automation/sealing";
import { answerFrom, messageFor } from "@passage/automation/wire";
import { LocalDevice, type LocalDeviceOptions, type LocalManifest } from "@passage/device/local-device";
import { type ErrorValue, PassageError } from "@passage/protocol/errors";
import type { Operation } from "@passage/providers/define";

/** A request that the device has answered. */
export interface Answered {
  readonly seq: number;
  readonly issued: Issued;
  readonly answer: Recorded;
  readonly ms: number;
}

export interface RunOptions {
  /** The operation's arguments, as a developer gives them. */
  readonly arguments: unknown;
  readonly onAsked?: ((pending: Pending) => void) | undefined;
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
}

export interface RunOutcome {
  /** The validated result, or the error as it would stand on the link. */
  readonly ended: { readonly result: unknown } | { readonly error: ErrorValue };
  /** What the run threw, as it was: for its author, who needs the message and the line. It may quote what was read. */
  readonly thrown?: unknown;
  /** Everything that was asked and answered, in order. */
  readonly journal: readonly JournalEntry[];
  readonly ms: number;
}

type Asked = Parameters<LocalDevice["ask"]>[0];

/** Where a live address really is: itself, or its sandbox twin. */
type SiteUrl = (liveUrl: string) => string;

/** A browser of its own that is held to the operation's manifest, as a person's device is. */
export function openDeviceFor(
  operation: Operation,
  siteUrl: SiteUrl,
  options: Omit<LocalDeviceOptions, "manifest">,
): Promise<LocalDevice> {
  return LocalDevice.open({ ...options, manifest: localManifest(operation, siteUrl) });
}

/** What a local device holds a run of the operation to. Codes for accounts are made with zeros: there is no organization. */
export function localManifest({ manifest, ...operation }: Operation, siteUrl: SiteUrl): LocalManifest {
  const { origins, signIn = [] } = manifest;
  return {
    origins: origins.map(siteUrl),
    signIn: signIn.map(siteUrl),
    declares: declarationsOf({ manifest, ...operation }),
    place: siteUrl,
    account: { salt: "0".repeat(64), provider: "local" },
  };
}

/**
 * Runs one operation on a local device, without a server: the same journaled function as in production, over the device's
 * own executor. `passage providers run` and `record` use it, and so may any test that wants an operation's outcome without
 * links and webhooks: open a device with {@link openDeviceFor}, run once, close it. Never throws for what the run does.
 */
export async function runOnDevice(operation: Operation, device: LocalDevice, options: RunOptions): Promise<RunOutcome> {
  const journal = new MemoryJournal();
  const startedAt = performance.now();
  const { promise: ended, resolve } = Promise.withResolvers<Pick<RunOutcome, "ended" | "thrown">>();
  const automation = new Automation(journal, {
    onPending: (pending) => void carryOut(pending),
    onResult: (result) => resolve({ ended: { result } }),
    onError: (thrown) => resolve({ ended: { error: linkError(thrown) }, thrown }),
  });

  async function carryOut(pending: Pending): Promise<void> {
    const { seq, issued } = pending;
    const askedAt = performance.now();
    options.onAsked?.(pending);
    const message = await sealedFor(device.key, messageFor(String(seq), issued));
    const answer = answerFrom(issued, await device.ask(message as Asked));
    options.onAnswered?.({ seq, issued, answer, ms: Math.round(performance.now() - askedAt) });
    if (isExpiredYield(issued, answer)) return resolve({ ended: { error: nobodyThere.toValue() } });
    automation.answer(seq, answer, Date.now());
  }

  await automation.start((page) => runOperation(operation, page, options.arguments));
  const outcome = await ended;
  automation.stop();
  return { ...outcome, journal: journal.entries, ms: Math.round(performance.now() - startedAt) };
}

const nobodyThere = new PassageError("CLIENT_TIMEOUT", "The person was not done in the time that they had.");

/** As on the server: a person's time that is over ends the run, unless the yield was optional. */
function isExpiredYield(issued: Issued, answer: Recorded): boolean {
  return "yield" in issued && !issued.yield.optional && "error" in answer && answer.error.code === "timeout";
}
