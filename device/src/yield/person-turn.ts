import { PassageError } from "@passage/protocol/errors";
import { defaultYieldTimeoutMs, type YieldRequest, type YieldResult } from "@passage/protocol/yield";
import type { ExecutorParts } from "../executor/parts.ts";
import { Progress } from "../executor/progress.ts";
import { Leftovers } from "./leftovers.ts";
import { Person, saidTo } from "./person.ts";
import { awaitConditions } from "./yield.ts";

const freshDocumentMs = 30_000;

type Status = NonNullable<YieldRequest["status"]>;

/** The person's turn: who has the page, what the overlay says, and what may leave the device meanwhile. */
export class PersonTurn {
  readonly #parts: ExecutorParts;
  #person: Person | null = null;
  #yieldId: string | null = null;
  readonly #leftovers: Leftovers;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
    this.#leftovers = new Leftovers(parts.page);
    parts.page.messages.listen((message) => {
      const { overlay } = parts;
      const said = saidTo(overlay.card, overlay.earlierCards, message);
      if (said === "covered") void overlay.askAgain();
      else if (said) this.#person?.says(said);
    });
  }

  get running(): boolean {
    return this.#person !== null;
  }

  get yieldId(): string | null {
    return this.#yieldId;
  }

  /**
   * Gives the page to the person until the conditions hold, they give up, or time is over. With a question they have only that:
   * a yes is "I'm done", and a no is "I can't".
   */
  async run(
    request: YieldRequest & { readonly id: string },
    started: (progress: Progress) => void,
    question: string | null = null,
  ): Promise<YieldResult | PassageError> {
    const progress = new Progress(request.timeout ?? defaultYieldTimeoutMs);
    progress.blame("timeout", "The conditions were not met");
    started(progress);
    const person = this.#begin(request.id);
    try {
      await this.#parts.fresh.provide(progress);
      this.#handOver(request.status ?? {}, hasDoneButton(request), question);
      return await awaitConditions({ ...this.#parts, progress, person }, request);
    } catch (error) {
      const { code, message, details } = progress.explain(error);
      if (code === "timeout" && request.optional) return { matched: false, reason: "timeout" };
      const { reason, seen } = details ?? {};
      const kept = { ...(reason !== undefined && { reason }), ...(seen !== undefined && { seen }) };
      return new PassageError(code, message, Object.keys(kept).length === 0 ? {} : { details: kept });
    } finally {
      progress.finish();
    }
  }

  /** Gives the page to the person until the server takes it back. */
  async lend(): Promise<void> {
    this.#begin(null);
    const progress = new Progress(freshDocumentMs);
    try {
      await this.#parts.fresh.provide(progress);
      if (this.#person) this.#handOver({});
    } catch {
      this.takeBack();
    } finally {
      progress.finish();
    }
  }

  /** From here on no command runs; the person has the page once it is fit for them. */
  #begin(yieldId: string | null): Person {
    this.#person = new Person();
    this.#yieldId = yieldId;
    this.#parts.privacy.handOver(true);
    return this.#person;
  }

  #handOver({ heading, subheading }: Status, doneButton = false, question: string | null = null): void {
    this.#parts.page.webview.handOver(true);
    if (question !== null) this.#parts.overlay.asks(question);
    else this.#parts.overlay.yourTurn(heading ?? "", subheading ?? "", doneButton);
  }

  /** Empties what the person leaves behind, before the automation has the page again. */
  clear(): Promise<void> {
    return this.#leftovers.empty();
  }

  takeBack(): void {
    if (!this.#person) return;
    this.#person = null;
    this.#yieldId = null;
    this.#parts.privacy.handOver(false);
    this.#parts.page.webview.handOver(false);
    this.#parts.overlay.working();
  }

  giveUp(): void {
    this.#person?.says("userGaveUp");
  }
}

function hasDoneButton(request: YieldRequest): boolean {
  return request.conditions.some((condition) => condition.type === "userDone");
}
