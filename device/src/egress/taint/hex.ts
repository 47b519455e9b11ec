/** The value of each hex digit's byte, in either case; 255 for what is none. */
export const hexValue = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) {
  hexValue[value.toString(16).charCodeAt(0)] = value;
  hexValue[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/** The number that so many hex digits write there, or -1. */
export function hexAt(bytes: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = hexValue[bytes[index] ?? 0] as number;
    if (digit === 255) return -1;
    value = value * 16 + digit;
  }
  return value;
}
