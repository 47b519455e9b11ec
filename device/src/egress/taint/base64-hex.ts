import { Bytes } from "./bytes.ts";
import { hexValue } from "./hex.ts";
import { isBase64 } from "./normalise.ts";

/** A shorter text in an encoded run holds no secret. */
const shortestText = 6;
const shortestHexRun = 2 * shortestText;
/** Base64 that is shorter holds no secret which the search would not find as it stands. */
const shortestBase64Run = 10;
const x = 0x78;

/** Hex digits, and the x of `0x`. */
const inHex = new Uint8Array(256).map((_, byte) => (hexValue[byte] !== 255 || byte === x ? 1 : 0));

const base64Value = new Uint8Array(256).fill(255);
for (const [value, byte] of Buffer.from(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
  "latin1",
).entries())
  base64Value[byte] = value;
base64Value[0x2d] = 62;
base64Value[0x5f] = 63;

/** Which first bytes a character above ASCII may have in what is decoded. */
export type Leads = Uint8Array;

/**
 * Those of signs that may stand between letters, and of letters in other forms: wide, bold, with marks. More would make text of
 * too much that is random.
 */
export const signLeads: Leads = new Uint8Array(256);
for (const byte of [0xc2, 0xc3, 0xcc, 0xcd, 0xe2, 0xe3, 0xef, 0xf0]) signLeads[byte] = 1;

/** All of UTF-8, for secrets that are not of ASCII alone. */
export const allLeads: Leads = new Uint8Array(256).fill(1, 0xc2, 0xf5);

/**
 * Writes the UTF-8 texts that runs of base64 or base64url hold, line breaks within them left out, when they are read from
 * each of the four characters where a group may begin.
 */
export function decodeBase64(text: Uint8Array, leads: Leads, out: Bytes): void {
  const half = shortestBase64Run / 2;
  const last = text.length - half - 1;
  const values = new Bytes();
  // A run holds two of the probes next to each other, and all between them.
  for (let probe = 0; probe <= last; probe += half) {
    if (!isBase64(text[probe + half] as number)) {
      probe += half;
      continue;
    }
    let between = probe + half - 1;
    while (between >= probe && isBase64(text[between] as number)) between--;
    if (between >= probe) continue;
    let start = probe;
    while (start > 0 && isBase64(text[start - 1] as number)) start--;
    let end = probe + half + 1;
    while (end < text.length && isBase64(text[end] as number)) end++;
    if (end - start >= shortestBase64Run) {
      readValues(text, start, end, values);
      for (let phase = 0; phase < 4; phase++)
        decodePhase({ values: values.data, leads, length: values.length }, phase, out);
    }
    probe = Math.max(probe, end - (end % half) - half);
  }
  values.wipe();
}

/** The values of the digits in a run of base64 or hex. */
interface Run {
  readonly values: Uint8Array;
  readonly length: number;
  readonly leads: Leads;
}

function readValues(text: Uint8Array, start: number, end: number, values: Bytes): void {
  values.clear();
  const data = values.reserve(end - start);
  let length = 0;
  for (let at = start; at < end; at++) {
    const value = base64Value[text[at] as number] as number;
    data[length] = value;
    length += value === 255 ? 0 : 1;
  }
  values.length = length;
}

/**
 * A text of six characters or more holds three bytes of one group of four base64 characters, or where signs above ASCII stand
 * between them, two bytes of such a sign: those are looked for first.
 */
function decodePhase(run: Run, phase: number, out: Bytes): void {
  const { values, leads, length } = run;
  const end = length - 3;
  let done = phase;
  for (let at = phase; at < end; at += 4) {
    const quad =
      ((values[at] as number) << 18) |
      ((values[at + 1] as number) << 12) |
      ((values[at + 2] as number) << 6) |
      (values[at + 3] as number);
    if ((quad & 0x808080) !== 0 && !holdsSign(quad, leads)) continue;
    // The first character may have begun two groups before.
    at = decodeText(run, Math.max(at - 8, done), at, out);
    done = at;
  }
}

/** Whether such a sign begins in the three bytes. */
function holdsSign(bytes: number, leads: Leads): boolean {
  return (
    ((bytes & 0xc0c000) === 0xc08000 && leads[bytes >> 16] === 1) ||
    ((bytes & 0xc0c0) === 0xc080 && leads[(bytes >> 8) & 0xff] === 1) ||
    ((bytes & 0xc000c0) === 0x8000c0 && (bytes & 0xc000) !== 0xc000 && leads[bytes & 0xff] === 1) ||
    // Two bytes of ASCII before it: else letters above ASCII with two signs between them would begin in no group.
    ((bytes & 0x8080c0) === 0xc0 && leads[bytes & 0xff] === 1)
  );
}

/** Writes the UTF-8 of the groups from here on, up to one after `sure` that is not UTF-8 throughout; returns that group's place. */
function decodeText({ values, leads, length }: Run, from: number, sure: number, out: Bytes): number {
  let start = out.length;
  let due = 0;
  let at = from;
  for (; at < length; at += 4) {
    const left = length - at;
    const quad =
      ((values[at] as number) << 18) |
      ((left > 1 ? (values[at + 1] as number) : 0) << 12) |
      ((left > 2 ? (values[at + 2] as number) : 0) << 6) |
      (left > 3 ? (values[at + 3] as number) : 0);
    const lastShift = left > 3 ? 0 : 24 - 8 * (left - 1);
    let isText = true;
    for (let shift = 16; shift >= lastShift; shift -= 8) {
      const byte = (quad >> shift) & 0xff;
      if (due > 0 || byte >= 0x80) {
        due = dueAfter(byte, due, leads);
        if (due < 0) {
          isText = false;
          start = closeText(out, start);
          due = dueAfter(byte, 0, leads);
          if (due < 0) {
            due = 0;
            continue;
          }
        }
      }
      out.push(byte);
    }
    if (!isText && at > sure) break;
  }
  closeText(out, start);
  return at;
}

/** How many more bytes a character of UTF-8 needs after this one, which is the first when none is due; -1 if it is none of it. */
function dueAfter(byte: number, due: number, leads: Leads): number {
  if (due > 0) return (byte & 0xc0) === 0x80 ? due - 1 : -1;
  if (byte < 0x80) return 0;
  return leads[byte] === 0 ? -1 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

/** Ends a text with NUL, or takes it back when it is too short; returns where the next one begins. */
function closeText(out: Bytes, start: number): number {
  if (isLongEnough(out, start)) out.push(0);
  else out.length = start;
  return out.length;
}

/** Six characters, of one byte or more: random bytes are often UTF-8 for a few. */
function isLongEnough({ data, length }: Bytes, start: number): boolean {
  let characters = 0;
  for (let at = start; at < length && characters < shortestText; at++)
    if (((data[at] as number) & 0xc0) !== 0x80) characters++;
  return characters >= shortestText;
}

/**
 * Writes the UTF-8 texts that runs of hex digits in a normalised text hold, from either place; `0x` before a pair is no obstacle,
 * backwards neither.
 */
export function decodeHex(normalised: Uint8Array, leads: Leads, out: Bytes): void {
  const digits = new Bytes();
  for (let probe = shortestHexRun - 1; probe < normalised.length; ) {
    if (!hexLike(normalised[probe] as number)) {
      probe += shortestHexRun;
      continue;
    }
    let start = probe;
    while (start > 0 && hexLike(normalised[start - 1] as number)) start--;
    let end = probe + 1;
    while (end < normalised.length && hexLike(normalised[end] as number)) end++;
    if (end - start >= shortestHexRun) {
      const run = normalised.subarray(start, end);
      decodeRun(run, digits, leads, out);
      if (run.includes(x)) {
        const backwards = run.slice().reverse();
        decodeRun(backwards, digits, leads, out);
        backwards.fill(0);
        decodeBetween(run, digits, leads, out);
      }
    }
    probe = end + shortestHexRun;
  }
  digits.wipe();
}

/** Decodes the digits on each side of an `x` as they stand: an `x` that follows a hex text makes no `0x` of the text's last `0`. */
function decodeBetween(run: Uint8Array, digits: Bytes, leads: Leads, out: Bytes): void {
  for (let from = 0; from < run.length; ) {
    const found = run.indexOf(x, from);
    const to = found < 0 ? run.length : found;
    if (to - from >= shortestHexRun) decodeRun(run.subarray(from, to), digits, leads, out);
    from = to + 1;
  }
}

function decodeRun(run: Uint8Array, digits: Bytes, leads: Leads, out: Bytes): void {
  for (let from = 0; from < run.length; ) {
    from = readDigits(run, from, digits);
    for (const phase of [0, 1]) decodePairs({ values: digits.data, leads, length: digits.length }, phase, out);
  }
}

/**
 * Reads the digits from there on without `0x`; returns where they end. The `0` before an `x` is none of the digits, unless it
 * makes up a pair with the one before it since the last `x`: then the `x` is of something else.
 */
function readDigits(run: Uint8Array, from: number, digits: Bytes): number {
  digits.clear();
  const data = digits.reserve(run.length - from);
  let sinceX = -1;
  for (let at = from; at < run.length; at++) {
    const value = hexValue[run[at] as number] as number;
    if (value !== 255) {
      data[digits.length++] = value;
      if (sinceX >= 0) sinceX++;
    } else if (run[at - 1] === 0x30 && at > from) {
      if (sinceX > 0 && sinceX % 2 === 0) return at + 1;
      digits.length--;
      sinceX = 0;
    } else if (sinceX >= 0) return at + 1;
  }
  return run.length;
}

function decodePairs({ values, leads, length }: Run, phase: number, out: Bytes): void {
  let start = out.length;
  let due = 0;
  for (let at = phase; at + 1 < length; at += 2) {
    const byte = ((values[at] as number) << 4) | (values[at + 1] as number);
    if (due > 0 || byte >= 0x80) {
      due = dueAfter(byte, due, leads);
      if (due < 0) {
        start = closeText(out, start);
        due = dueAfter(byte, 0, leads);
        if (due < 0) {
          due = 0;
          continue;
        }
      }
    }
    out.push(byte);
  }
  closeText(out, start);
}

function hexLike(byte: number): boolean {
  return inHex[byte] === 1;
}
