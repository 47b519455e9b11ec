import { Bytes } from "./bytes.ts";
import { hexValue } from "./hex.ts";
import { isBase64 } from "./squeeze.ts";

/** A shorter text in a packed run holds no secret. */
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

/**
 * Writes the ASCII texts that runs of base64 or base64url hold, line breaks within them left out, when they are read from
 * each of the four characters where a group may begin.
 */
export function unpackBase64(text: Uint8Array, out: Bytes): void {
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
      for (let phase = 0; phase < 4; phase++) unpackPhase(values.data, phase, values.length, out);
    }
    probe = Math.max(probe, end - (end % half) - half);
  }
  values.wipe();
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

/** A text of six ASCII characters or more holds three bytes of one group of four base64 characters: those are looked for first. */
function unpackPhase(values: Uint8Array, phase: number, length: number, out: Bytes): void {
  const end = length - 3;
  let done = phase;
  for (let at = phase; at < end; at += 4) {
    if ((((values[at] as number) & 32) | ((values[at + 1] as number) & 8) | ((values[at + 2] as number) & 2)) !== 0)
      continue;
    at = unpackText(values, Math.max(at - 4, done), length, out);
    done = at;
  }
}

/** Writes the ASCII of the groups from here on, up to one that is not ASCII throughout; answers that group's place. */
function unpackText(values: Uint8Array, from: number, length: number, out: Bytes): number {
  let start = out.length;
  let at = from;
  for (; at < length; at += 4) {
    const left = length - at;
    const quad =
      ((values[at] as number) << 18) |
      ((left > 1 ? (values[at + 1] as number) : 32) << 12) |
      ((left > 2 ? (values[at + 2] as number) : 32) << 6) |
      (left > 3 ? (values[at + 3] as number) : 0);
    for (let shift = 16; shift >= 0; shift -= 8) {
      const byte = (quad >> shift) & 0xff;
      if (byte < 0x80) out.push(byte);
      else start = closeText(out, start);
    }
    if ((quad & 0x808080) !== 0 && at > from) break;
  }
  closeText(out, start);
  return at;
}

/** Ends a text with NUL, or takes it back when it is too short; answers where the next one begins. */
function closeText(out: Bytes, start: number): number {
  if (out.length - start < shortestText) out.length = start;
  else out.push(0);
  return out.length;
}

/** Writes the ASCII texts that runs of hex digits in a squeezed text hold, from either place; `0x` before a pair is no obstacle. */
export function unpackHex(squeezed: Uint8Array, out: Bytes): void {
  const digits = new Bytes();
  for (let probe = shortestHexRun - 1; probe < squeezed.length; ) {
    if (!hexLike(squeezed[probe] as number)) {
      probe += shortestHexRun;
      continue;
    }
    let start = probe;
    while (start > 0 && hexLike(squeezed[start - 1] as number)) start--;
    let end = probe + 1;
    while (end < squeezed.length && hexLike(squeezed[end] as number)) end++;
    if (end - start >= shortestHexRun) {
      readDigits(squeezed, start, end, digits);
      for (const phase of [0, 1]) unpackPairs(digits.data, phase, digits.length, out);
    }
    probe = end + shortestHexRun;
  }
  digits.wipe();
}

function readDigits(squeezed: Uint8Array, start: number, end: number, digits: Bytes): void {
  digits.clear();
  const data = digits.reserve(end - start);
  for (let at = start; at < end; at++) {
    const value = hexValue[squeezed[at] as number] as number;
    if (value !== 255) data[digits.length++] = value;
    else if (squeezed[at - 1] === 0x30 && digits.length > 0) digits.length--;
  }
}

function unpackPairs(digits: Uint8Array, phase: number, length: number, out: Bytes): void {
  let start = out.length;
  for (let at = phase; at + 1 < length; at += 2) {
    const byte = ((digits[at] as number) << 4) | (digits[at + 1] as number);
    if (byte < 0x80) out.push(byte);
    else start = closeText(out, start);
  }
  closeText(out, start);
}

function hexLike(byte: number): boolean {
  return inHex[byte] === 1;
}
