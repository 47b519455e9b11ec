/** A server has a copy of this module, and each package of providers another: they know each other's arguments by these. */
const kind = Symbol.for("passage.sensitive");
const revealed = Symbol.for("passage.sensitive.value");

/**
 * An argument that a run can have typed and cannot read: a card number. Where it is written down (journal, timeline,
 * log) its name stands in its place; on the wire it is sealed to the device.
 */
export class Sensitive {
  /** What it is, for people: "the card number". */
  readonly name: string;
  readonly #value: string;
  readonly [kind] = true;

  constructor(name: string, value: string) {
    this.name = name;
    this.#value = value;
  }

  /** Its last characters, four at most, without spaces and dashes: what sites show of a card. */
  ending(count: 1 | 2 | 3 | 4): string {
    const characters = this.#value.replace(/[\s-]/g, "");
    return characters.length >= 12 ? characters.slice(-count) : "";
  }

  toJSON(): { readonly $secret: string } {
    return { $secret: this.name };
  }

  toString(): string {
    return `[${this.name}]`;
  }

  /** The value, for the session that seals it to the device. No run may call it: the checks of providers refuse it there. */
  static reveal(sensitive: Sensitive): string {
    return sensitive[revealed]();
  }

  [revealed](): string {
    return this.#value;
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && kind in value;
  }
}
