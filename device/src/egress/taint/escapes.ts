import type { Bytes } from "./bytes.ts";
import { entityAt } from "./entities.ts";
import { hexAt } from "./hex.ts";

const u = 0x75;
const x = 0x78;
const backslash = 0x5c;
const controls: Readonly<Record<number, number>> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12, 118: 11 };

/** What an escape sequence stands for, and how long it is. */
class Escape {
  length = 0;
  code = 0;
  isByte = false;

  /** False for a code of -1, which is no sequence. */
  is(code: number, length: number, isByte = false): boolean {
    this.code = code;
    this.length = length;
    this.isByte = isByte;
    return code >= 0 && code <= 0x10ffff;
  }
}

/** One kind of escape sequences: the byte that begins them, and how they are read. */
interface Escaping {
  readonly sign: number;
  read(into: Escape, text: Uint8Array, at: number): boolean;
  /** Whether a sequence that is written backwards has its sign here. */
  endsHere(text: Uint8Array, at: number): boolean;
}

/** `%41`, `%u0041` */
const percent: Escaping = {
  sign: 0x25,
  read: (into, text, at) =>
    lower(text[at + 1]) === u ? into.is(hexAt(text, at + 2, 4), 6) : into.is(hexAt(text, at + 1, 2), 3, true),
  endsHere: (text, at) => at >= 2 && hexAt(text, at - 2, 2) >= 0,
};

/** `\u0041`, `\u{41}`, `\x41`, `\n`, `\"` */
const slash: Escaping = {
  sign: backslash,
  read(into, text, at) {
    const kind = text[at + 1];
    if (kind === undefined) return false;
    if (lower(kind) === x) return into.is(hexAt(text, at + 2, 2), 4);
    if (lower(kind) !== u) return into.is(controls[kind] ?? kind, 2, kind >= 0x80);
    if (text[at + 2] === 0x7b) {
      const digits = text.subarray(at + 3, at + 10).indexOf(0x7d);
      return digits > 0 && into.is(hexAt(text, at + 3, digits), digits + 4);
    }
    const high = hexAt(text, at + 2, 4);
    const low = text[at + 6] === backslash && lower(text[at + 7]) === u ? hexAt(text, at + 8, 4) : -1;
    if (high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000)
      return into.is(0x10000 + ((high - 0xd800) << 10) + low - 0xdc00, 12);
    return into.is(high, 6);
  },
  endsHere(text, at) {
    const kind = lower(text[at - 1]);
    if (kind === x) return at >= 3 && hexAt(text, at - 3, 2) >= 0;
    return (
      (kind === u && at >= 5 && hexAt(text, at - 5, 4) >= 0) || (text[at - 1] === 0x7b && lower(text[at - 2]) === u)
    );
  },
};

/** `&#65;`, `&#x41;`, `&amp;` */
const entity: Escaping = {
  sign: 0x26,
  read(into, text, at) {
    const named = entityAt(text, at);
    return named !== null && into.is(named.code, named.length);
  },
  endsHere: (text, at) => text.subarray(Math.max(at - 10, 0), at).includes(0x3b),
};

/** The kinds are undone one by one: what is a sequence of one kind may be a plain part of a text that is written in another. */
export const escapings: readonly Escaping[] = [percent, slash, entity];

/**
 * Writes what stands around the text's escape sequences, up to `margin` bytes on both sides, with the sequences decoded.
 * Surroundings that do not touch are parted by NUL.
 */
export function unescapeNear(text: Buffer, { sign, read }: Escaping, margin: number, out: Bytes): void {
  const found = new Escape();
  let done = -1;
  for (let at = next(text, sign, 0); at >= 0; at = next(text, sign, Math.max(at + 1, done))) {
    if (!read(found, text, at)) continue;
    copyGap(text, done, at, margin, out);
    if (found.isByte) out.push(found.code);
    else out.pushCodePoint(found.code);
    done = at + found.length;
  }
  if (done >= 0) out.append(text.subarray(done, Math.min(text.length, done + margin)));
}

/** The surroundings of sequences that are written backwards (`14%`, `1400u\`, `;56#&`), turned round and not yet decoded. */
export function reverseNear(text: Buffer, { sign, endsHere }: Escaping, margin: number, out: Bytes): void {
  let done = -1;
  for (let at = next(text, sign, 0); at >= 0; at = next(text, sign, at + 1)) {
    if (!endsHere(text, at)) continue;
    copyGap(text, done, at, margin, out);
    out.push(sign);
    done = at + 1;
  }
  if (done >= 0) out.append(text.subarray(done, Math.min(text.length, done + margin)));
  out.view().reverse();
}

/** What stands between two sequences: all of it, or what is near either. */
function copyGap(text: Uint8Array, done: number, at: number, margin: number, out: Bytes): void {
  let from = done;
  if (done < 0 || at - done > 2 * margin) {
    if (done >= 0) {
      out.append(text.subarray(done, done + margin));
      out.push(0);
    }
    from = Math.max(0, at - margin);
  }
  for (let index = from; index < at; index++) out.push(text[index] as number);
}

/** The next such byte: looked for near by first, since the platform's search is fast only over a distance. */
function next(text: Buffer, sign: number, from: number): number {
  const near = Math.min(from + 16, text.length);
  for (let at = from; at < near; at++) if (text[at] === sign) return at;
  return text.indexOf(sign, near);
}

function lower(byte: number | undefined): number {
  return (byte ?? 0) | 32;
}
