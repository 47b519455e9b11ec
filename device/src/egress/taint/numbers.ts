import { isDigit } from "./bytes.ts";
import { NumericCodes } from "./numeric-codes.ts";
import type { Sought } from "./search.ts";
import { SubstringIndex } from "./substring-index.ts";

/**
 * Finds secrets of digits alone, in values that are digits with signs between: as they are, backwards, in hex, and split over
 * values that follow each other. What a value is an encoding of is not looked at.
 */
export class Numbers<Owner> {
  readonly #indexes = [
    new SubstringIndex<Owner>(8, 5),
    new SubstringIndex<Owner>(4, 5),
    new SubstringIndex<Owner>(4, 3),
  ] as const;
  readonly #codes = new NumericCodes<Owner>();
  #size = 0;

  add(owner: Owner, { forms, code }: Sought): void {
    this.#size += 1;
    if (code !== null) this.#codes.add(owner, code);
    for (const form of forms)
      if (form.text.every(isDigit)) this.#indexes.find(({ reach }) => form.need >= reach)?.add(owner, form);
  }

  clear(): void {
    for (const index of this.#indexes) index.clear();
    this.#codes.clear();
    this.#size = 0;
  }

  search(values: readonly string[], onHit: (owner: Owner) => void): void {
    if (this.#size === 0) return;
    const joined = values.join("\0");
    const text = Buffer.from(joined);
    // The platform does this faster than a loop, above all without a compiler.
    const normalised = Buffer.from(joined.replace(/[^0-9A-Za-z]+/g, ""), "latin1");
    for (const index of this.#indexes) index.search(normalised, onHit);
    this.#codes.search(text, normalised, onHit);
    text.fill(0);
    normalised.fill(0);
  }
}
