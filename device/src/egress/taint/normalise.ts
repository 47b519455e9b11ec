import { Bytes } from "./bytes.ts";

const kept = 0x100;
const inBase64 = 0x200;
/** What becomes of each byte: its low eight bits, and whether it stays, and whether base64 can go on over it. */
const fate = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++) {
  const letter = (byte | 32) >= 0x61 && (byte | 32) <= 0x7a;
  const digit = byte >= 0x30 && byte <= 0x39;
  if (letter || digit) fate[byte] = (letter ? byte | 32 : byte) | kept | inBase64;
  else if (byte >= 0x80) fate[byte] = byte | kept;
}
for (const byte of Buffer.from("+/-_\r\n", "latin1")) fate[byte] = byte | inBase64;

/** What becomes of two bytes: those that stay, in the low sixteen bits, and above them how many they are. */
const fates = new Uint32Array(65_536);
for (let pair = 0; pair < fates.length; pair++) {
  const stay = [pair & 0xff, pair >> 8].map((byte) => fate[byte] as number).filter((what) => (what & kept) !== 0);
  fates[pair] = stay.reduce((all, what, at) => all | ((what & 0xff) << (8 * at)), stay.length << 16);
}

/** Whether the byte may stand in base64 or base64url, or break its lines. */
export function isBase64(byte: number): boolean {
  return ((fate[byte] as number) & inBase64) !== 0;
}

/**
 * A text without its case and its punctuation: ASCII letters and digits, and what UTF-8 has above ASCII. Call `flatten`
 * before, where there is any.
 */
export class NormalisedText {
  readonly text = new Bytes();
  read(bytes: Uint8Array): void {
    this.text.clear();
    const out = this.text.reserve(bytes.length + 2);
    const pairs = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const written = new DataView(out.buffer, out.byteOffset, out.length);
    const end = bytes.length - 1;
    let length = 0;
    let at = 0;
    // Without a branch: text is what a processor cannot foresee.
    for (; at < end; at += 2) {
      const what = fates[pairs.getUint16(at, true)] as number;
      written.setUint16(length, what & 0xffff, true);
      length += what >> 16;
    }
    if (at === end) {
      const what = fate[bytes[at] as number] as number;
      out[length] = what;
      length += (what >> 8) & 1;
    }
    this.text.length = length;
  }
}

/**
 * Replaces by one byte each what is no letter above ASCII. In place; returns the new length. These are: Latin-1 signs and
 * the soft hyphen, combining marks, U+2000 to U+2BFF (spaces, dashes, zero width, directions, arrows, symbols), the
 * ideographic space, lone surrogates, variation selectors, the byte order mark, U+FFFD, and emoji.
 */
export function flatten(bytes: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const sign = byte < 0x80 ? 0 : signLength(byte, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
    bytes[length++] = sign > 0 ? 1 : byte;
    if (sign > 0) at += sign - 1;
  }
  return length;
}

function signLength(first: number, second: number, third: number): number {
  switch (first) {
    case 0xc2:
    case 0xcc:
      return 2;
    case 0xcd:
      return second <= 0xaf ? 2 : 0;
    case 0xe2:
      return second <= 0xaf ? 3 : 0;
    case 0xe3:
      return second === 0x80 && third === 0x80 ? 3 : 0;
    case 0xed:
      return second >= 0xa0 ? 3 : 0;
    case 0xef:
      return (second === 0xb8 && third <= 0x8f) ||
        (second === 0xbb && third === 0xbf) ||
        (second === 0xbf && third === 0xbd)
        ? 3
        : 0;
    case 0xf0:
      return second === 0x9f ? 4 : 0;
    default:
      return 0;
  }
}
