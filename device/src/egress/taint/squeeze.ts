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

/** Whether the byte may stand in base64 or base64url, or break its lines. */
export function isBase64(byte: number): boolean {
  return ((fate[byte] as number) & inBase64) !== 0;
}

/**
 * A text without its case and its punctuation: ASCII letters and digits, and what UTF-8 has above ASCII. Call `flatten`
 * before, where there is any.
 */
export class Squeezed {
  readonly text = new Bytes();
  read(bytes: Uint8Array): void {
    this.text.clear();
    const out = this.text.reserve(bytes.length + 1);
    const end = bytes.length;
    let length = 0;
    // Without a branch: text is what a processor cannot foresee.
    for (let at = 0; at < end; at++) {
      const what = fate[bytes[at] as number] as number;
      out[length] = what;
      length += (what >> 8) & 1;
    }
    this.text.length = length;
  }
}

/**
 * Replaces by one byte each what no reader sees as a letter: Latin-1 signs, soft hyphen, general punctuation (U+2000 to
 * U+206F: spaces, dashes, zero width, directions), ideographic space, variation selectors, byte order mark. In place;
 * answers the new length.
 */
export function flatten(bytes: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const hidden = byte < 0x80 ? 0 : unseen(bytes, at);
    bytes[length++] = hidden > 0 ? 1 : byte;
    if (hidden > 0) at += hidden - 1;
  }
  return length;
}

function unseen(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  if (first === 0xc2) return 2;
  if (first === 0xe2 && (second === 0x80 || second === 0x81)) return 3;
  if (first === 0xe3 && second === 0x80 && third === 0x80) return 3;
  if (first === 0xef && second === 0xb8 && third <= 0x8f) return 3;
  return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
}

export function isAscii(bytes: Uint8Array): boolean {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) if ((words.getInt32(at) & 0x80808080) !== 0) return false;
  for (; at < bytes.length; at++) if ((bytes[at] as number) >= 0x80) return false;
  return true;
}
