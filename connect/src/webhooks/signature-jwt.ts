import { PassageError } from "../errors.ts";

/** A signature header taken apart: an ES256 JWT in compact form. Nothing in it is to be believed before it is verified. */
export interface SignatureJwt {
  kid: string;
  /** When it was signed, in Unix seconds. */
  iat: number;
  /** Whom it was signed for. */
  aud: unknown;
  /** Lower-case hex. */
  request_body_sha256: string;
  /** The bytes that were signed. */
  signed: Uint8Array<ArrayBuffer>;
  /** `r || s`, 64 bytes. */
  signature: Uint8Array<ArrayBuffer>;
}

/** @throws {PassageError} `invalid_signature` when it is malformed or not ES256 */
export function parseSignatureJwt(compact: string): SignatureJwt {
  if (compact.length > 4096) throw malformed("is too long");
  const [head, claims, tail, ...more] = compact.split(".");
  if (!head || !claims || !tail || more.length > 0) throw malformed("is not a compact JWT");

  const { alg, typ, kid, crit } = parsePart(head);
  if (alg !== "ES256" || typ !== "JWT" || crit !== undefined) throw malformed("is not an ES256 JWT");
  if (typeof kid !== "string" || !/^[\w.-]{1,256}$/.test(kid)) throw malformed("names no key");

  const { iat, aud, request_body_sha256 } = parsePart(claims);
  if (typeof iat !== "number" || !Number.isFinite(iat)) throw malformed("has no iat");
  if (typeof request_body_sha256 !== "string" || !/^[0-9a-f]{64}$/.test(request_body_sha256)) {
    throw malformed("has no request_body_sha256");
  }

  const signature = decode(tail);
  if (signature.length !== 64) throw malformed("has a signature of the wrong length");
  return { kid, iat, aud, request_body_sha256, signed: new TextEncoder().encode(`${head}.${claims}`), signature };
}

function parsePart(part: string): Record<string, unknown> {
  const bytes = decode(part);
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (cause) {
    throw malformed("is not JSON inside", cause);
  }
  throw malformed("is not JSON inside");
}

/** Strict base64url: the last character's unused bits must be zero, or two spellings would be one signature. */
function decode(part: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(part) || part.length % 4 === 1) throw malformed("is not base64url");
  const base64 = part.replaceAll("-", "+").replaceAll("_", "/");
  const binary = atob(base64);
  if (btoa(binary).replaceAll("=", "") !== base64) throw malformed("is not base64url");
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function malformed(why: string, cause?: unknown): PassageError {
  return new PassageError("invalid_signature", `The webhook's signature ${why}`, { cause });
}
