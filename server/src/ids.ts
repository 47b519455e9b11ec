import { type IdKind, type Mode, prefixes } from "@passage/protocol/ids";
import { withChecksum } from "@passage/protocol/key-checksum";

/**
 * Ids are addresses: `prefix + tag + random + seal`. The tag names the organization's object; the seal is a keyed hash, so
 * that what this server never minted is refused before any object is touched or created.
 */
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const tagLength = 10;
/** 22 characters of 62 are 131 bits. */
const randomLength = 22;
const sealLength = 6;
const encoder = new TextEncoder();
const bodyPattern = new RegExp(`^[0-9A-Za-z]{${tagLength + randomLength + sealLength}}$`);

/** The tag of an organization in one mode: derived, so that it needs no look-up and no registry. */
export async function tagOf(secret: string, organization: string, mode: Mode): Promise<string> {
  return keyedCharacters(secret, `organization:${organization}:${mode}`, tagLength);
}

/** The tag of a shard of an organization; shard 0 is the head itself. */
export async function shardTag(secret: string, head: string, shard: number): Promise<string> {
  return shard === 0 ? head : keyedCharacters(secret, `shard:${head}:${shard}`, tagLength);
}

export async function mintId(secret: string, kind: IdKind, tag: string): Promise<string> {
  const unsealed = prefixes[kind] + tag + randomCharacters(randomLength);
  return unsealed + (await keyedCharacters(secret, `seal:${unsealed}`, sealLength));
}

/** An API key: as every id, and the public checksum at its end. */
export async function mintKey(secret: string, mode: Mode, tag: string): Promise<string> {
  return withChecksum(await mintId(secret, mode === "test" ? "testKey" : "liveKey", tag));
}

/** The id that an organization shows to others: the same each time, and sealed as every id is. */
export async function organizationId(secret: string, tag: string): Promise<string> {
  const unsealed =
    prefixes.organization + tag + (await keyedCharacters(secret, `organization-id:${tag}`, randomLength));
  return unsealed + (await keyedCharacters(secret, `seal:${unsealed}`, sealLength));
}

/** Whether a text has the form of an id of this kind. */
export function isIdOf(kind: IdKind, text: string): boolean {
  return text.startsWith(prefixes[kind]) && bodyPattern.test(text.slice(prefixes[kind].length));
}

/** The organization's tag in an id of this kind, or null when this server did not mint it. */
export async function readTag(secret: string, kind: IdKind, id: string): Promise<string | null> {
  const prefix = prefixes[kind];
  if (!isIdOf(kind, id)) return null;
  const unsealed = id.slice(0, -sealLength);
  const seal = await keyedCharacters(secret, `seal:${unsealed}`, sealLength);
  return equalSecrets(seal, id.slice(-sealLength)) ? id.slice(prefix.length, prefix.length + tagLength) : null;
}

/** SHA-256 in hex: how a secret is stored. */
export async function hashSecret(secret: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", encoder.encode(secret)));
}

export function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Equal texts, in a time that does not tell how much of them is equal. */
export function equalSecrets(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => encoder.encode(text)) as [Uint8Array, Uint8Array];
  let difference = left.byteLength ^ right.byteLength;
  for (let index = 0; index < left.byteLength; index++) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}

/** Random bytes of the platform, many at a time; each is used once. */
const pool = new Uint8Array(2_048);
let unused = 0;

export function randomCharacters(length: number): string {
  let text = "";
  while (text.length < length) {
    if (unused === 0) {
      crypto.getRandomValues(pool);
      unused = pool.length;
    }
    const byte = pool[--unused] as number;
    pool[unused] = 0;
    if (byte < 248) text += alphabet[byte % 62];
  }
  return text;
}

const sealKeys = new Map<string, Promise<CryptoKey>>();

async function keyedCharacters(secret: string, text: string, length: number): Promise<string> {
  let key = sealKeys.get(secret);
  if (!key) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    key = crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
    sealKeys.set(secret, key);
  }
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", await key, encoder.encode(text)));
  return Array.from(signature.subarray(0, length), (byte) => alphabet[byte % 62]).join("");
}
