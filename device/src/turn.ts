import { PassageError } from "@passage/protocol/errors";
import { defaultYieldTimeoutMs, type YieldRequest, type YieldResult } from "@passage/protocol/yield";
import { yieldShape } from "./egress/shapes.ts";
import type { ExecutorParts } from "./executor.ts";
import { Person, readPageMessage } from "./person.ts";
import { Progress } from "./progress.ts";
import { awaitConditions } from "./yield.ts";

type Status = NonNullable<YieldRequest["status"]>;

/** The person's turn: who has the page, what the overlay says, and what may leave the device meanwhile. */
export class Turn {
  static readonly resultShape = yieldShape;
  readonly #parts: ExecutorParts;
  #person: Person | null = null;
  #yieldId: string | null = null;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
    parts.page.webview.listen((event) => {
      const said = event.type === "message" ? readPageMessage(event.text) : null;
      if (said) this.#person?.says(said.type);
    });
  }

  get running(): boolean {
    return this.#person !== null;
  }

  get yieldId(): string | null {
    return this.#yieldId;
  }

  /** Gives the page to the person until the conditions hold, they give up, or time is over. */
  async run(
    request: YieldRequest & { readonly id: string },
    started: (progress: Progress) => void,
  ): Promise<YieldResult | PassageError> {
    const progress = new Progress(request.timeout ?? defaultYieldTimeoutMs);
    progress.blame("timeout", "The conditions were not met");
    started(progress);
    const person = this.handOver(request.id, request.status ?? {}, hasDoneButton(request));
    try {
      return await awaitConditions({ ...this.#parts, progress, person }, request);
    } catch (error) {
      const known = progress.explain(error);
      if (known.code !== "timeout" || !request.optional) return new PassageError(known.code, known.message);
      return { matched: false, reason: "timeout" };
    } finally {
      progress.finish();
    }
  }

  handOver(yieldId: string | null, { heading, subheading }: Status, doneButton = false): Person {
    const { page, egress, overlay } = this.#parts;
    this.#person = new Person();
    this.#yieldId = yieldId;
    egress.enterPrivatePhase(yieldId);
    page.webview.handOver(true);
    overlay.yourTurn(heading ?? "", subheading ?? "", doneButton);
    return this.#person;
  }

  takeBack(): void {
    if (!this.#person) return;
    this.#person = null;
    this.#yieldId = null;
    this.#parts.egress.leavePrivatePhase();
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
