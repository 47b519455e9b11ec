import { base64url } from "jose";

/** Encryption at rest under the server's secret: AES-256-GCM, one derived key a purpose, the nonce in front. */
export async function encrypt(secret: string, purpose: string, plain: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyFor(secret, purpose);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, new TextEncoder().encode(plain));
  return `${base64url.encode(nonce)}.${base64url.encode(new Uint8Array(sealed))}`;
}

/** @throws when the text was not encrypted under this secret for this purpose, or was changed. */
export async function decrypt(secret: string, purpose: string, sealed: string): Promise<string> {
  const [nonce = "", ciphertext = ""] = sealed.split(".");
  const algorithm = { name: "AES-GCM", iv: base64url.decode(nonce) };
  const plain = await crypto.subtle.decrypt(algorithm, await keyFor(secret, purpose), base64url.decode(ciphertext));
  return new TextDecoder().decode(plain);
}

async function keyFor(secret: string, purpose: string): Promise<CryptoKey> {
  const encoder = new TextEncoder();
  const base = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(purpose) };
  return crypto.subtle.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
