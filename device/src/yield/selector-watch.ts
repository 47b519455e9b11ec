import { PassageError } from "@passage/protocol/errors";
import type { YieldCondition } from "@passage/protocol/yield";
import type { YieldContext } from "./context.ts";

/** Which of a yield's selectors are in their state, in the document that is there now. */
export class SelectorWatch {
  readonly #context: YieldContext;
  readonly #indexes: readonly number[];
  readonly #sought: readonly { selector: string; state: "attached" | "detached" | "visible" | "hidden" }[];
  #held: readonly boolean[];
  #change: Promise<void> | null = null;

  constructor(context: YieldContext, conditions: readonly YieldCondition[]) {
    this.#context = context;
    const selectors = conditions.flatMap((condition, index) =>
      condition.type === "selector"
        ? [{ index, selector: condition.selector, state: condition.state ?? "visible" }]
        : [],
    );
    this.#indexes = selectors.map(({ index }) => index);
    this.#sought = selectors.map(({ selector, state }) => ({ selector, state }));
    this.#held = this.#none();
    const stop = context.page.webview.listen((event) => {
      if (event.type === "committed" || event.type === "failed") this.#held = this.#none();
    });
    context.progress.signal.addEventListener("abort", stop, { once: true });
  }

  holds(conditionIndex: number): boolean {
    return this.#held[this.#indexes.indexOf(conditionIndex)] ?? false;
  }

  /** Settles when something may have changed. One question at a time is under way in the page. */
  change(): Promise<void> {
    this.#change ??= this.#look().finally(() => {
      this.#change = null;
    });
    return this.#change;
  }

  async #look(): Promise<void> {
    const { page, origins, privacy, progress } = this.#context;
    if (this.#sought.length === 0) return progress.race(Promise.withResolvers<void>().promise);
    if (!origins.allows(page.url())) return progress.pause(100);
    for (const { selector } of this.#sought) privacy.question(selector);
    const document = page.documentToken;
    const seen = await page.call("watch", this.#sought, this.#held, 1_000, privacy.reason !== null);
    if (seen.kind === "gone") return progress.pause(20);
    if ("kind" in seen.value) throw new PassageError(seen.value.code, seen.value.message);
    if (page.documentToken === document) this.#held = seen.value;
  }

  #none(): readonly boolean[] {
    return this.#sought.map(() => false);
  }
}
