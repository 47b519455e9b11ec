import { base64url } from "jose";

/** Encryption at rest: AES-256-GCM, the nonce in front. What is sealed for one purpose opens for no other. */
export async function seal(key: CryptoKey, purpose: string, plain: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(algorithm(iv, purpose), key, new TextEncoder().encode(plain));
  return `${base64url.encode(iv)}.${base64url.encode(new Uint8Array(sealed))}`;
}

/** @throws when the text was not sealed with this key for this purpose, or was changed. */
export async function open(key: CryptoKey, purpose: string, sealed: string): Promise<string> {
  const [iv = "", ciphertext = ""] = sealed.split(".");
  const plain = await crypto.subtle.decrypt(
    algorithm(base64url.decode(iv), purpose),
    key,
    base64url.decode(ciphertext),
  );
  return new TextDecoder().decode(plain);
}

/** {@link seal} under a key derived from the server's secret, one a purpose. */
export async function encrypt(secret: string, purpose: string, plain: string): Promise<string> {
  return seal(await keyFor(secret, purpose), purpose, plain);
}

/** @throws when the text was not encrypted under this secret for this purpose, or was changed. */
export async function decrypt(secret: string, purpose: string, sealed: string): Promise<string> {
  return open(await keyFor(secret, purpose), purpose, sealed);
}

function algorithm(iv: Uint8Array, purpose: string) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(purpose) };
}

async function keyFor(secret: string, purpose: string): Promise<CryptoKey> {
  const encoder = new TextEncoder();
  const base = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(purpose) };
  return crypto.subtle.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
