import { isDigit } from "./bytes.ts";

const longestCode = 8;
/** Fewer digits are found by chance: a year, the end of a card's number, a postcode. */
const shortestAnywhere = 6;
/** A group of digits joins the one before it over at most so many bytes: a space, a dash, `", "`, the end of a field. */
const widestGap = 4;
const groupsKept = 8;

/**
 * Codes: four to eight digits, and tokens of four or five letters and digits. They are too short to be looked for in
 * the middle of other digits, so a code of six to eight digits is found as a whole number only, or as neighbouring
 * groups of digits that make it up (`123 456`, `1`,`2`,`3`,`4`,`5`,`6`, yet not the amount `1,234.56`); a shorter one only where it is all that a field
 * or a quoted value holds.
 */
export class NumericCodes<Owner> {
  readonly #numbers = new Map<number, Owner>();
  readonly #values = new Map<string, Owner>();
  #written: { readonly numbers: Buffer[]; readonly values: Buffer[] } = { numbers: [], values: [] };

  static accepts(normalisedSecret: string): boolean {
    return /^\d{4,8}$/.test(normalisedSecret) || /^[a-z0-9]{4,5}$/.test(normalisedSecret);
  }

  add(owner: Owner, code: string): void {
    if (code.length < shortestAnywhere) {
      this.#values.set(code, owner);
      this.#written.values.push(Buffer.from(code));
      return;
    }
    for (const digits of [code, [...code].reverse().join("")]) {
      this.#numbers.set(numbered(digits), owner);
      this.#written.numbers.push(Buffer.from(digits));
    }
  }

  clear(): void {
    this.#numbers.clear();
    this.#values.clear();
    this.#written = { numbers: [], values: [] };
  }

  /** Most texts do not hold the code's digits at all, which the platform's search says at little cost. */
  search(text: Uint8Array, normalised: Uint8Array, onHit: (owner: Owner) => void): void {
    const holds = (written: Buffer) => normalised.length >= written.length && bufferOf(normalised).includes(written);
    if (this.#written.numbers.some(holds)) this.#searchNumbers(text, onHit);
    if (this.#written.values.some(holds)) this.#searchValues(text, onHit);
  }

  #searchNumbers(text: Uint8Array, onHit: (owner: Owner) => void): void {
    const values = new Float64Array(groupsKept);
    const lengths = new Uint8Array(groupsKept);
    let groups = 0;
    let lastEnd = -1;
    for (let at = 0; at < text.length; at++) {
      if (!isDigit(text[at] as number)) {
        if (isLetter(text[at] as number)) lastEnd = -1;
        continue;
      }
      const start = at;
      let value = 0;
      for (; at < text.length && isDigit(text[at] as number); at++) value = value * 10 + (text[at] as number) - 0x30;
      if (lastEnd < 0 || start - lastEnd > widestGap || isPoint(text, lastEnd, start)) groups = 0;
      lastEnd = at--;
      if (lastEnd - start > longestCode) {
        groups = 0;
        continue;
      }
      values[groups % groupsKept] = value;
      lengths[groups % groupsKept] = lastEnd - start;
      groups++;
      this.#join(values, lengths, groups, onHit);
    }
  }

  /** Looks at the last group, the last two together, and so on. */
  #join(values: Float64Array, lengths: Uint8Array, groups: number, onHit: (owner: Owner) => void): void {
    let value = 0;
    let length = 0;
    for (let back = 1; back <= Math.min(groups, groupsKept); back++) {
      const slot = (groups - back) % groupsKept;
      value += (values[slot] as number) * 10 ** length;
      length += lengths[slot] as number;
      if (length > longestCode) return;
      if (length < shortestAnywhere) continue;
      const owner = this.#numbers.get(key(value, length));
      if (owner !== undefined) onHit(owner);
    }
  }

  #searchValues(text: Uint8Array, onHit: (owner: Owner) => void): void {
    for (let start = 0; start < text.length; ) {
      let end = start;
      while (end < text.length && !endsValue(text[end] as number)) end++;
      if (end - start >= 4 && end - start <= 2 * longestCode) {
        const owner = this.#values.get(letters(text.subarray(start, end)));
        if (owner !== undefined) onHit(owner);
      }
      start = end + 1;
    }
  }
}

function numbered(digits: string): number {
  return key(Number(digits), digits.length);
}

/** Tells `01234567` from `1234567`. */
function key(value: number, length: number): number {
  return length * 1e9 + value;
}

/** Whether the digits on both sides are one amount. */
function isPoint(text: Uint8Array, from: number, to: number): boolean {
  return to - from === 1 && (text[from] === 0x2e || text[from] === 0x2c);
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 0x61 && (byte | 32) <= 0x7a;
}

/** NUL ends a field; quotes, angles and equals signs end a value in HTML and JSON. */
function endsValue(byte: number): boolean {
  return byte === 0 || byte === 0x22 || byte === 0x27 || byte === 0x3c || byte === 0x3e || byte === 0x3d;
}

/** Without case and signs. A number keeps those of an amount, so that `$17.74` is not the code 1774. */
function letters(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes).toLowerCase();
  return text.replace(/[a-z]/.test(text) ? /[^a-z0-9]/g : /[^0-9!-,./:-@[-^`{-~]/g, "");
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
