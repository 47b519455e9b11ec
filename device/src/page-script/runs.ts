import { boxesAround } from "./boxes.ts";
import { isIdentifier } from "./identity.ts";
import { numberOf, tell, valueIn } from "./learn.ts";
import { isSensitive } from "./sensitive.ts";
import type { SensitiveKind } from "./sensitive-kind.ts";

/**
 * Characters that came one after the other, wherever they went: a site may take each key itself and show a dot, move the focus
 * from box to box, or draw its fields in a closed shadow root or on a canvas.
 */
export class Run {
  #text = "";
  #told = "";
  #kind: SensitiveKind | null = null;
  #field: Element | null = null;
  #id = {};

  /** Where the characters go that come next; null where that is no field which can be seen. */
  goesTo(field: Element | null): void {
    if (field && field !== this.#field) {
      if (isIdentifier(field) && !isSensitive(field)) return this.end();
      this.#kind ??= isSensitive(field) || null;
    }
    this.#field = field;
  }

  add(text: string): void {
    const room = longest - this.#text.length;
    this.#text += text.slice(0, Math.max(room, 0));
    // Where the field has not followed so far, it will not: and the page may be gone in the next moment.
    if (!this.#isIn(this.#field, this.#text.slice(0, -text.length))) this.tell();
  }

  drop(): void {
    this.tell();
    this.#text = this.#text.slice(0, -1);
  }

  /** Tells the device, unless what the field holds tells as much. */
  tell(): void {
    const text = this.#text;
    if (text.length < shortest || text === this.#told || this.#isIn(this.#field, text)) return;
    this.#told = text;
    tell(numberOf(this.#id), this.#field, this.#kind, text);
  }

  /** What comes next is another value. */
  end(): void {
    this.tell();
    this.#text = "";
    this.#told = "";
    this.#kind = null;
    this.#field = null;
    this.#id = {};
  }

  #isIn(field: Element | null, text: string): boolean {
    if (!field) return false;
    const boxes = boxesAround(field);
    return (boxes ? boxes.map((box) => box.value).join("") : (valueIn(field) ?? "")).includes(text);
  }
}

/** Shorter values cannot be told from chance. */
const shortest = 4;
const longest = 256;
