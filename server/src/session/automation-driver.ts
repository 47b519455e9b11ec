import { Automation, type Pending } from "@passage/automation/automation";
import { placesOf } from "@passage/automation/declarations";
import { linkError } from "@passage/automation/failure";
import type { Recorded } from "@passage/automation/journal";
import { holdsSensitive, sealedFor } from "@passage/automation/sealing";
import { Timer } from "@passage/automation/timer";
import { answerFrom, messageFor } from "@passage/automation/wire";
import { PassageError } from "@passage/protocol/errors";
import type { CommandResponse } from "@passage/protocol/session";
import { findProvider } from "../catalog.ts";
import { decrypt } from "../encryption.ts";
import { log } from "../log.ts";
import { attemptsOf } from "../stubs.ts";
import type { Driver, DriverContext } from "./driver.ts";
import type { Journal } from "./journal.ts";
import { hasClosedWindow } from "./machine.ts";
import { answerOfClosedWindow, type IsPlace, isReopened, notePage, readyNewBrowser } from "./new-browser.ts";
import { type Finished, runOperations } from "./program.ts";
import { deadlineMs, isExpiredYield, observedAnswer, timedOut, yieldExpired } from "./requests.ts";
import { argumentsPurpose, type LinkAttempt, subjectOf } from "./session-config.ts";

const noKey = new PassageError(
  "unsupported_command",
  "This device has no key to seal values to, and a card number goes to no other.",
);

/** Our own automation at the wheel: a link's operations, run from the journal. */
export class AutomationDriver implements Driver {
  readonly #context: DriverContext;
  readonly #attempt: LinkAttempt;
  readonly #journal: Journal;
  readonly #isPlace: IsPlace;
  #automation: Automation | null = null;
  readonly #deadline = new Timer(() => this.deadlinePassed());

  constructor(context: DriverContext, attempt: LinkAttempt, journal: Journal) {
    this.#context = context;
    this.#attempt = attempt;
    this.#journal = journal;
    const places = placesOf(findProvider(attempt.providerId)?.operations ?? []);
    this.#isPlace = (step) => places.has(step);
  }

  start(): Promise<void> {
    if (this.#automation) return Promise.resolve();
    const answered = this.#journal.count();
    if (answered > 0) log("session.resumed", { ...subjectOf(this.#context.config), answered });
    const { apply } = this.#context;
    this.#automation = new Automation(this.#journal, {
      onPending: (pending) => this.#await(pending),
      onResult: (result) => apply({ type: "completed", result: JSON.stringify(result) }),
      onError: (error) => apply({ type: "failed", error: linkError(error) }),
    });
    const { providerVersion, providerId } = this.#attempt;
    if (findProvider(providerId)?.version !== providerVersion) {
      const details = { reason: "replay_diverged" };
      const message = "The provider was updated while this session ran. Claim the link again.";
      apply({ type: "failed", error: { code: "AUTOMATION_ERROR", message, details } });
      return Promise.resolve();
    }
    return this.#automation.start(async (page) =>
      runOperations(this.#attempt, await this.#arguments(), page, (finished) => this.#note(finished)),
    );
  }

  deviceReady(): void {
    const pending = this.#automation?.pending;
    if (pending) this.#dispatch(pending);
    this.observed();
  }

  answered(response: CommandResponse): void {
    const pending = this.#automation?.pending;
    if (isReopened(response)) return;
    if (!pending || String(pending.seq) !== response.id)
      return log("answer.stale", { ...subjectOf(this.#context.config), id: response.id });
    this.#finish(pending, answerFrom(pending.issued, response));
  }

  observed(): void {
    const pending = this.#automation?.pending;
    const answer = pending && observedAnswer(pending.issued, this.#context);
    if (pending && answer) this.#finish(pending, answer);
  }

  windowClosed(): void {
    const pending = this.#automation?.pending;
    if (pending) this.#finish(pending, answerOfClosedWindow(pending.issued));
  }

  workerReady(): void {}

  fromWorker(): void {}

  deadlinePassed(): void {
    const pending = this.#automation?.pending;
    if (!pending) return;
    this.#context.sockets.tell("client", { type: "server.cancel", id: String(pending.seq) });
    this.#finish(pending, timedOut(pending.issued));
  }

  stop(): void {
    this.#deadline.stop();
    this.#automation?.stop();
  }

  /**
   * A person's time is a row, set once: waking up again leaves it where it was. A command's is a timer, so that an answer is
   * one commit; after a crash it begins anew, and the device repeats what it has answered.
   */
  #await(pending: Pending): void {
    const { jobs, config, apply } = this.#context;
    const inMs = deadlineMs(pending.issued, config.times);
    if ("yield" in pending.issued) {
      this.#deadline.stop();
      apply({ type: "yielded" }, jobs.has("command") ? {} : { command: Date.now() + inMs });
    } else this.#deadline.set(inMs);
    const state = this.#context.state();
    if (state && hasClosedWindow(state)) return this.#finish(pending, answerOfClosedWindow(pending.issued));
    this.#dispatch(pending);
    this.observed();
  }

  async #arguments(): Promise<unknown[]> {
    const { env, config } = this.#context;
    const { sealedArguments } = this.#attempt;
    if (sealedArguments === null) return [];
    return JSON.parse(await decrypt(env.PASSAGE_SECRET, argumentsPurpose(config.sessionId), sealedArguments));
  }

  /** Tells the link what is done so far, for a reader of partial results; told again after each waking. */
  #note(finished: readonly Finished[]): void {
    const { env, config } = this.#context;
    const { sessionId, organizationTag } = config;
    attemptsOf(env, organizationTag)
      .finished(sessionId, JSON.stringify({ operations: finished }))
      .catch((error) => log("partial.lost", { ...subjectOf(config), reason: String(error) }));
  }

  #dispatch(pending: Pending): void {
    const { sockets } = this.#context;
    const id = String(pending.seq);
    const socket = sockets.of("client");
    if (!socket) return;
    const { greeted, sent, key } = sockets.attachment(socket);
    if (!greeted || sent === id) return;
    const last = () => this.#journal.lastAsked(this.#isPlace);
    const answer = readyNewBrowser(sockets, pending.issued, last, this.#isPlace);
    if (answer) return this.#finish(pending, answer);
    notePage(sockets, pending.issued, this.#isPlace);
    sockets.note(socket, { sent: id });
    const message = messageFor(id, pending.issued);
    if (!holdsSensitive(message)) return sockets.send(socket, message);
    if (!key) return this.#finish(pending, { error: noKey.toValue() });
    sealedFor(key, message).then(
      (sealed) => this.#automation?.pending?.seq === pending.seq && sockets.send(socket, sealed),
      () => this.#finish(pending, { error: noKey.toValue() }),
    );
  }

  #finish(pending: Pending, answer: Recorded): void {
    if (isExpiredYield(pending.issued, answer)) return this.#context.apply(yieldExpired);
    const { sockets, apply } = this.#context;
    this.#deadline.clear();
    if ("yield" in pending.issued) {
      apply({ type: "resumed" }, { command: null });
      sockets.tell("client", { type: "server.set_interactive", interactive: false });
    }
    this.#automation?.answer(pending.seq, answer, Date.now());
  }
}
