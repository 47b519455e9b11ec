/**
 * The last six characters of an API key: the CRC-32 of all before them, in base 62 (0-9 A-Z a-z), padded with zeros. It is
 * public, so that a typo is told from an unknown key without asking, and a scanner for leaked secrets can tell a key from
 * a look-alike. It protects nothing.
 */
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const checksumLength = 6;

export function withChecksum(unchecked: string): string {
  return unchecked + checksum(unchecked);
}

/** The key without its checksum, or null when the checksum does not fit. */
export function withoutChecksum(key: string): string | null {
  const unchecked = key.slice(0, -checksumLength);
  return checksum(unchecked) === key.slice(-checksumLength) ? unchecked : null;
}

function checksum(text: string): string {
  let rest = crc32(new TextEncoder().encode(text));
  let digits = "";
  for (let index = 0; index < checksumLength; index++) {
    digits = alphabet[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** CRC-32 as in IEEE 802.3 and zip. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
