import { isAnyCommandName, requestLabel } from "@passage/protocol/declared-commands";
import { PassageError } from "@passage/protocol/errors";
import type { ServerMessage } from "@passage/protocol/session";
import { runTurn } from "../declared/turn.ts";
import type { AnswerSources } from "../egress/answer-sources.ts";
import { ReportedAddress } from "../egress/reported-address.ts";
import { SecretSources } from "../egress/secret-sources.ts";
import { type AnswerShape, strictYieldShape, yieldShape } from "../egress/shapes.ts";
import { TypedValues } from "../egress/typed-values.ts";
import { HoldOff } from "../page/hold-off.ts";
import { PersonTurn } from "../yield/person-turn.ts";
import { Answers } from "./answers.ts";
import { acceptBatch, batchDeadlineMs, runBatch } from "./batch.ts";
import { accept, deadlineMs, type Performed, perform } from "./dispatch.ts";
import type { CommandParts, ExecutorParts } from "./parts.ts";
import { Progress } from "./progress.ts";

interface Work {
  readonly deadlineMs: number;
  perform(progress: Progress): Promise<Performed>;
}

type Interactive = Extract<ServerMessage, { type: "server.set_interactive" }>;

/** Takes the server's requests one at a time and answers each id once. */
export class Executor {
  readonly answers: Answers;
  readonly #parts: CommandParts;
  readonly #turn: PersonTurn;
  readonly #secretSources: SecretSources;
  readonly #waiting = new Map<string, Progress | null>();
  #queue: Promise<void> = Promise.resolve();
  #gone: PassageError | null = null;
  #left = false;
  /** The yields that wait or run. */
  readonly #yields = new Set<string>();

  constructor(parts: ExecutorParts) {
    this.#parts = { ...parts, addresses: new ReportedAddress(parts) };
    this.answers = new Answers(parts.egress);
    this.#turn = new PersonTurn(parts);
    new HoldOff(parts);
    parts.page.network?.guard(() => parts.privacy.reason !== null);
    this.#secretSources = new SecretSources(parts.page, parts.egress.secrets);
    new TypedValues(parts.page, parts.privacy, parts.egress.secrets);
    parts.page.webview.listen((event) => {
      if (event.type === "crashed") this.#abortCommands(new PassageError("page_gone", "The page crashed"));
    });
  }

  receive(message: ServerMessage): void {
    if (message.type === "server.command") this.#command(message.id, message.command, message.params);
    else if (message.type === "server.set_interactive") this.#setInteractive(message);
    else if (message.type === "server.cancel") this.#cancel(message.id);
  }

  /** The window is gone, or will be: a yield, also one that still comes, ends as the person's "I can't", everything else as `page_gone`. */
  async end(message: string): Promise<void> {
    this.#left = true;
    await this.refuse(new PassageError("page_gone", message));
  }

  /** From now on nothing is done: everything is answered with the error. */
  async refuse(error: PassageError): Promise<void> {
    this.#gone ??= error;
    this.#turn.giveUp();
    this.#abortCommands(this.#gone);
    await this.#queue;
  }

  #command(id: string, command: string, params: unknown): void {
    if (this.answers.repeat(id) || this.#waiting.has(id)) return;
    const label = requestLabel(command, params);
    const refused = this.#refusal(command);
    if (refused) return this.#answer(id, label, 0, refused);
    const work = command === "batch" ? this.#batch(params) : this.#single(command, params);
    if (work instanceof PassageError) return this.#answer(id, label, 0, work);
    const run = () => this.#run(id, label, work);
    if (command === "updateStatus") void run();
    else this.#enqueue(id, run);
  }

  #refusal(command: string): PassageError | null {
    if (this.#gone) return this.#gone;
    const spent = this.#spent();
    if (spent) return spent;
    if (command === "updateStatus" || (command !== "batch" && !isAnyCommandName(command))) return null;
    return this.#turn.running || this.#yields.size > 0 ? userInControl() : null;
  }

  /** A signed session that has told all that it may does nothing more. */
  #spent(): PassageError | null {
    const { operations, egress } = this.#parts;
    return operations.strict ? egress.told.spent : null;
  }

  #single(command: string, params: unknown): Work | PassageError {
    const accepted = accept(this.#parts, command, params);
    if (accepted instanceof PassageError) return accepted;
    return {
      deadlineMs: deadlineMs(accepted),
      perform: (progress) => perform(this.#parts, accepted, progress),
    };
  }

  #batch(params: unknown): Work | PassageError {
    const accepted = acceptBatch(params);
    if (accepted instanceof PassageError) return accepted;
    const refusal = () => (this.#turn.running ? userInControl() : null);
    return {
      deadlineMs: batchDeadlineMs(accepted),
      perform: (progress) => runBatch(this.#parts, accepted, progress, refusal),
    };
  }

  async #run(id: string, label: string, work: Work): Promise<void> {
    // The person may have been given the page while it waited.
    if (this.#turn.running && label !== "updateStatus") {
      this.#waiting.delete(id);
      return this.#answer(id, label, 0, userInControl());
    }
    const progress = new Progress(work.deadlineMs);
    this.#waiting.set(id, progress);
    const startedAt = performance.now();
    const ms = () => Math.round(performance.now() - startedAt);
    try {
      const { result, shape } = await work.perform(progress);
      if (shape.private === null) await progress.race(this.#secretSources.refresh());
      this.#answer(id, label, ms(), null, result, shape, progress.sources);
    } catch (error) {
      // What refuses an answer refuses an error that comes of the same values.
      if (!progress.sources.isEmpty) await progress.race(this.#secretSources.refresh()).catch(() => {});
      this.#answer(id, label, ms(), progress.explain(error), undefined, undefined, progress.sources);
    } finally {
      progress.finish();
      this.#waiting.delete(id);
    }
  }

  #setInteractive({ interactive, yield: request }: Interactive): void {
    // A signed operation gives the page by a turn, which has its words and its end.
    if (!request && interactive) return this.#parts.operations.strict ? undefined : void this.#turn.lend();
    if (!request) return this.#takeBack();
    const { id } = request;
    if (this.answers.repeat(id) || this.#waiting.has(id)) return;
    this.#yields.add(id);
    if (this.#gone) return this.#decline(id, "yield", this.#gone);
    this.#enqueue(id, async () => {
      const spent = this.#spent();
      if (spent) return this.#answer(id, "yield", 0, spent);
      const startedAt = performance.now();
      const outcome = await runTurn(this.#parts, this.#turn, request, (progress) => this.#waiting.set(id, progress));
      this.#waiting.delete(id);
      const ms = Math.round(performance.now() - startedAt);
      if (this.#turn.running) await this.#turn.clear();
      if (outcome instanceof PassageError) this.#answer(id, "yield", ms, outcome);
      else this.#answer(id, "yield", ms, null, outcome, this.#yieldShape);
      this.#turn.takeBack();
    });
  }

  #takeBack(): void {
    const [asked] = this.#yields;
    if (asked !== undefined) return this.#cancel(asked);
    this.#turn.takeBack();
    this.#queue = this.#queue.then(() => this.#turn.clear());
  }

  #enqueue(id: string, run: () => Promise<void>): void {
    this.#waiting.set(id, null);
    this.#queue = this.#queue.then(() => (this.#waiting.has(id) ? run() : undefined));
  }

  #cancel(id: string): void {
    const progress = this.#waiting.get(id);
    if (progress === undefined) return;
    const error = new PassageError("cancelled", "The command was cancelled");
    if (progress) return progress.abort(error);
    this.#waiting.delete(id);
    this.#answer(id, "queued", 0, error);
  }

  #abortCommands(error: PassageError): void {
    for (const [id, progress] of this.#waiting) {
      if (id === this.#turn.yieldId) continue;
      if (progress) progress.abort(error);
      else if (this.#gone) {
        this.#waiting.delete(id);
        this.#decline(id, "queued", error);
      }
    }
  }

  /** What is not begun any more. */
  #decline(id: string, command: string, error: PassageError): void {
    const gaveUp = this.#left && this.#yields.has(id);
    if (!gaveUp) return this.#answer(id, command, 0, error);
    this.#answer(id, command, 0, null, { matched: false, reason: "user_gave_up" }, this.#yieldShape);
  }

  get #yieldShape(): AnswerShape {
    return this.#parts.operations.strict ? strictYieldShape : yieldShape;
  }

  #answer(
    id: string,
    command: string,
    ms: number,
    error: PassageError | null,
    result?: unknown,
    shape?: AnswerShape,
    sources?: AnswerSources,
  ): void {
    this.#yields.delete(id);
    if (error) this.answers.give({ type: "client.command_response", id, error: mutable(error) }, undefined, sources);
    else this.answers.give({ type: "client.command_response", id, result }, shape, sources);
    this.#parts.onCommand?.({ id, command, ms, ...(error && { error: error.code }) });
  }
}

function userInControl(): PassageError {
  return new PassageError("user_in_control", "The person has the page; wait until the yield ends");
}

function mutable(error: PassageError) {
  const { code, message, details } = error.toValue();
  return { code, message, ...(details && { details: { ...details } }) };
}
