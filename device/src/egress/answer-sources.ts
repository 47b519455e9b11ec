import type { LookedUp, LookedUpValue } from "../reads/looked-up.ts";
import { freeLeaves, shortestWord } from "./read-leaves.ts";

/** Numbers with their signs, ISO times, and dates such as `Nov 4, 2026`: nothing that is no number stands in them. */
const closedSource = /^(?:[^\p{L}]*|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})$/u;

/**
 * The values of the site that an outcome of a command depends on, as they stood there. A cut, a range or a list of words would
 * tell a secret bit by bit if the search saw only what is left, so that it looks at these as well.
 */
export class AnswerSources {
  readonly texts: unknown[] = [];
  /** Where leaves of a closed format were looked for: searched as what they write is. */
  readonly numbers: string[] = [];
  /** Of which only a name or a code is told, which nobody can take for another's. */
  readonly ids: string[] = [];
  /** Of which is told whether they are an argument of the operation, which may have been sealed to this device. */
  readonly compared: string[] = [];
  readonly #words = new Set<string>();

  get isEmpty(): boolean {
    return this.texts.length + this.numbers.length + this.ids.length + this.compared.length === 0;
  }

  /** Of a free read, whose answer may hold anything. */
  addFree({ values, keys }: LookedUp): void {
    for (const one of values) this.texts.push(one.as === "url" ? placeIn(String(one.value)) : one.value);
    // As keys, so that a value which is split over two answers is searched in one piece.
    if (keys.size > 0) this.texts.push(Object.fromEntries([...keys].map((key) => [key, null])));
  }

  /** Of a declared read. */
  addDeclared({ values }: LookedUp): void {
    for (const one of values) this.#addDeclared(one);
  }

  #addDeclared({ as, value }: LookedUpValue): void {
    const text = String(value);
    // Nothing of it is told but that there is one.
    if (as === "held") return;
    if (as === "handle" || as === "accountId") return void this.ids.push(text);
    if (as === "same") return void this.compared.push(text);
    this.numbers.push(text);
    if (as === "url") return void this.texts.push(placeIn(text));
    if (freeLeaves.has(as as never)) return void this.texts.push(text);
    const isWord = text.length >= shortestWord && (as === "enum" || !closedSource.test(text));
    if (isWord && !this.#words.has(text)) this.texts.push(text);
    this.#words.add(text);
  }
}

/** What a leaf `url` depends on. */
function placeIn(address: string): string {
  return address.replace(/[?#].*$/s, "");
}
