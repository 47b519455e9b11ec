import { PassageError } from "../errors.ts";
import type { Fetch } from "../http/http-request.ts";
import { equalInConstantTime } from "./equal.ts";
import { publicKey } from "./public-key.ts";
import { type NodeRequest, onlyHeader, type ReceivedWebhook, rawBody, type SignedBody } from "./raw-body.ts";
import { parseSignatureJwt } from "./signature-jwt.ts";

type KeySource = { readonly publicKeyUrl: string } | { readonly jwksUrl: string };

/** The documented signature: an ES256 JWT over the body's hash, in `X-Passage-Signature`. */
export async function verifyByKey(
  request: Request | NodeRequest | ReceivedWebhook,
  {
    organization,
    fetch,
    ...source
  }: KeySource & { readonly organization?: string | undefined; readonly fetch?: Fetch | undefined },
): Promise<SignedBody> {
  const jwt = parseSignatureJwt(onlyHeader(request.headers, "X-Passage-Signature"));
  const body = await rawBody(request);
  const address = "jwksUrl" in source ? { jwksUrl: source.jwksUrl } : { publicKeyUrl: source.publicKeyUrl };
  const key = await publicKey(address, jwt.kid, fetch);
  if (!(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, jwt.signature, jwt.signed))) {
    throw new PassageError("invalid_signature", "The webhook's signature does not fit its key");
  }
  if (!equalInConstantTime(jwt.request_body_sha256, await sha256Hex(body))) {
    throw new PassageError("body_mismatch", "The webhook's body is not the one that was signed. Was it parsed before?");
  }
  if (organization !== undefined && jwt.aud !== organization) {
    throw new PassageError("invalid_signature", "The webhook was signed for another organization");
  }
  return { signedAt: jwt.iat, body };
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
