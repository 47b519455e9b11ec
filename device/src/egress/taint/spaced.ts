import { type Bytes, isDigit } from "./bytes.ts";

/** A code has at most eight digits. JSON escapes within JSON escapes write each with 36 characters. */
const longestWritten = 8 * 36;
/**
 * Parts the copies. Over one NUL a text that has NULs between its characters would run on into the next copy, and over NULs
 * alone one of hex digits would; a `z` is no hex digit.
 */
const parting = Buffer.from("\0\0z\0\0");

/**
 * Writes the runs that have one and the same sign after each character (`p-a-s-s`, UTF-16, an array of characters)
 * without that sign. A run has at least six characters.
 */
export function closeUp(text: Uint8Array, out: Bytes): void {
  eachRun(text, (first, last) => {
    for (let at = first; at <= last; at += 2) out.push(text[at] as number);
    out.push(0);
  });
}

/**
 * Writes the ends of the runs with the outermost digit set apart: it may be a neighbour of a code, which it would make another
 * number of (`7 & # 4 9 ; …`).
 */
export function closeUpEnds(text: Uint8Array, out: Bytes): void {
  eachRun(text, (first, last) => {
    const head = Math.min(last, first + 2 * longestWritten);
    const tail = Math.max(first, last - 2 * longestWritten);
    const afterFirst = isDigit(text[first] as number) ? first + 1 : -1;
    const beforeLast = isDigit(text[last] as number) ? last - 1 : -1;
    if (afterFirst >= 0) copy(text, first, head, [afterFirst], out);
    if (beforeLast >= 0) copy(text, tail, last, [beforeLast], out);
    if (afterFirst >= 0 && beforeLast >= 0 && head === last) copy(text, first, last, [afterFirst, beforeLast], out);
  });
}

/** Writes every second character, and the signs at the places `kept`. */
function copy(text: Uint8Array, first: number, last: number, kept: readonly number[], out: Bytes): void {
  for (let at = first; at <= last; at += 2) {
    out.push(text[at] as number);
    if (kept.includes(at + 1)) out.push(text[at + 1] as number);
  }
  out.append(parting);
}

/** Tells where the first and the last character of each run are. */
function eachRun(text: Uint8Array, onRun: (first: number, last: number) => void): void {
  const words = new DataView(text.buffer, text.byteOffset, text.byteLength);
  const end = text.length - 4;
  const wordAt = (at: number) => (at <= end ? words.getInt32(at, true) : 0);
  let word = wordAt(0);
  for (let at = 0; at + 4 <= end; at += 4) {
    const next = words.getInt32(at + 4, true);
    const differs = word ^ next;
    word = next;
    if ((differs & 0xff00ff) !== 0 && (differs & 0xff00ff00) !== 0) continue;
    const from = (differs & 0xff00ff) === 0 ? at : at + 1;
    if (!isGap(text, from)) continue;
    const sign = text[from];
    let start = from;
    while (start >= 2 && text[start - 2] === sign) start -= 2;
    const first = start === 0 ? 1 : start - 1;
    let last = first;
    while (text[last + 1] === sign && last + 2 < text.length) last += 2;
    onRun(first, last);
    at = (text[last + 1] === sign ? last + 2 : last) & ~3;
    word = wordAt(at + 4);
  }
}

/** Whether there is the same sign three times, with something else between. */
function isGap(text: Uint8Array, at: number): boolean {
  const sign = text[at] as number;
  const isLetterOrDigit = isDigit(sign) || ((sign | 32) >= 0x61 && (sign | 32) <= 0x7a) || sign >= 0x80;
  return !isLetterOrDigit && text[at + 2] === sign && text[at + 4] === sign && text[at + 1] !== sign;
}
