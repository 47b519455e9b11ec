import { type Bytes, isDigit } from "./bytes.ts";

/** A code has at most eight digits. JSON escapes within JSON escapes write each with 36 characters. */
const longestWritten = 8 * 36;
/**
 * Ends a copy. Over one NUL a text that has NULs between its characters would run on into the next copy, and over NULs alone
 * one of hex digits would; a `z` is no hex digit.
 */
const end = Buffer.from("\0\0z\0\0");

/**
 * Writes the runs that have one and the same sign after each character (`p-a-s-s`, UTF-16, an array of characters)
 * without that sign. A run has at least six characters.
 */
export function closeUp(text: Uint8Array, out: Bytes): void {
  const words = new DataView(text.buffer, text.byteOffset, text.byteLength);
  const last = text.length - 4;
  const wordAt = (at: number) => (at <= last ? words.getInt32(at, true) : 0);
  let word = wordAt(0);
  for (let at = 0; at + 4 <= last; at += 4) {
    const next = words.getInt32(at + 4, true);
    const differs = word ^ next;
    word = next;
    if ((differs & 0xff00ff) !== 0 && (differs & 0xff00ff00) !== 0) continue;
    const sign = (differs & 0xff00ff) === 0 ? at : at + 1;
    if (!isGap(text, sign)) continue;
    at = closeRun(text, sign, out) & ~3;
    word = wordAt(at + 4);
  }
}

/** Whether there is the same sign three times, with something else between. */
function isGap(text: Uint8Array, at: number): boolean {
  const sign = text[at] as number;
  const isLetterOrDigit =
    (sign >= 0x30 && sign <= 0x39) || ((sign | 32) >= 0x61 && (sign | 32) <= 0x7a) || sign >= 0x80;
  return !isLetterOrDigit && text[at + 2] === sign && text[at + 4] === sign && text[at + 1] !== sign;
}

/**
 * Returns the run's end. The outermost character at either end may be a neighbour of what is written, and a digit would
 * make another number of a code: it is also written with its sign.
 */
function closeRun(text: Uint8Array, from: number, out: Bytes): number {
  const sign = text[from] as number;
  let start = from;
  while (start >= 2 && text[start - 2] === sign) start -= 2;
  const first = start === 0 ? 1 : start - 1;
  let last = first;
  while (text[last + 1] === sign && last + 2 < text.length) last += 2;
  const head = Math.min(last, first + 2 * longestWritten);
  const tail = Math.max(first, last - 2 * longestWritten);
  const splitsFirst = isDigit(text[first] as number);
  const splitsLast = isDigit(text[last] as number);
  write(text, first, last, "neither", out);
  if (splitsFirst) write(text, first, head, "first", out);
  if (splitsLast) write(text, tail, last, "last", out);
  if (splitsFirst && splitsLast && head === last) write(text, first, last, "both", out);
  return text[last + 1] === sign ? last + 2 : last;
}

/** Writes every second character, and the sign beside the outermost ones that are set apart. */
function write(
  text: Uint8Array,
  first: number,
  last: number,
  apart: "neither" | "first" | "last" | "both",
  out: Bytes,
) {
  for (let at = first; at <= last; at += 2) {
    out.push(text[at] as number);
    const isFirst = at === first && (apart === "first" || apart === "both");
    const isLast = at + 2 === last && (apart === "last" || apart === "both");
    if (isFirst || isLast) out.push(text[at + 1] as number);
  }
  out.append(end);
}
