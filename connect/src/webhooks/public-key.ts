import { PassageError } from "../errors.ts";
import { type Fetch, requestJson } from "../http/http-request.ts";

/** How long a key is used before it is asked for again, so that a withdrawn key stops being believed. */
const keyLifetimeMs = 3_600_000;
const keysKept = 64;
const curve = { name: "ECDSA", namedCurve: "P-256" } as const;

const kept = new Map<string, { key: Promise<CryptoKey>; until: number }>();

/** Where public keys are: the documented address, which is asked for one key, or a JWK set. */
export type KeyAddress = { readonly publicKeyUrl: string } | { readonly jwksUrl: string };

/**
 * The public key `kid`, from `POST publicKeyUrl` or `GET jwksUrl`; kept for an hour, and asked for once by any number at a time.
 *
 * @throws {PassageError} `unknown_key`, `connection_failed`, `unexpected_response`; `invalid_argument` for a URL that
 *   is neither https nor on this machine
 */
export function publicKey(address: KeyAddress, kid: string, send: Fetch | undefined): Promise<CryptoKey> {
  const isSet = "jwksUrl" in address;
  const url = isSet ? trustworthy("jwksUrl", address.jwksUrl) : trustworthy("publicKeyUrl", address.publicKeyUrl);
  const name = `${kid} ${url}`;
  const known = kept.get(name);
  if (known && known.until > Date.now()) return known.key;

  const key = isSet ? fetchFromSet(url, kid, send) : fetchKey(url, kid, send);
  kept.delete(name);
  for (const oldest of kept.keys()) {
    if (kept.size < keysKept) break;
    kept.delete(oldest);
  }
  const entry = { key, until: Date.now() + keyLifetimeMs };
  kept.set(name, entry);
  key.catch(() => {
    if (kept.get(name) === entry) kept.delete(name);
  });
  return key;
}

async function fetchKey(url: string, kid: string, send: Fetch | undefined): Promise<CryptoKey> {
  const answer = await requestJson<{ key_id?: unknown; key?: unknown }>(
    { method: "POST", url, body: { key_id: kid } },
    send,
  ).catch((error: unknown) => {
    const { status } = error as PassageError;
    if (status !== 400 && status !== 404) throw error;
    throw new PassageError("unknown_key", "The server does not know the key that the webhook names", {
      status,
      cause: error,
    });
  });
  if (answer.key_id !== kid || typeof answer.key !== "string") {
    throw new PassageError("unknown_key", "The server answered with another key than the webhook names");
  }
  return importPem(answer.key);
}

async function fetchFromSet(url: string, kid: string, send: Fetch | undefined): Promise<CryptoKey> {
  const { keys } = await requestJson<{ keys?: unknown }>({ method: "GET", url }, send);
  const jwk = Array.isArray(keys) ? keys.find((one) => one?.kid === kid) : undefined;
  if (!jwk) throw new PassageError("unknown_key", "The JWK set does not have the key that the webhook names");
  try {
    const { kty, crv, x, y } = jwk;
    return await crypto.subtle.importKey("jwk", { kty, crv, x, y }, curve, false, ["verify"]);
  } catch (cause) {
    throw new PassageError("unexpected_response", "The JWK set's key is not a P-256 public key", { cause });
  }
}

async function importPem(pem: string): Promise<CryptoKey> {
  try {
    const [, base64] = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(pem) ?? [];
    const der = Uint8Array.from(atob((base64 ?? "").replace(/\s/g, "")), (character) => character.charCodeAt(0));
    return await crypto.subtle.importKey("spki", der, curve, false, ["verify"]);
  } catch (cause) {
    throw new PassageError("unexpected_response", "The server's webhook key is not a P-256 public key in PEM", {
      cause,
    });
  }
}

function trustworthy(option: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))) return url.href;
  throw new PassageError(
    "invalid_argument",
    `${option} must be https, or http on this machine: whoever answers there decides which webhooks are believed`,
  );
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
