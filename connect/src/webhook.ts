import type { Fetch } from "./api.ts";
import { PassageError } from "./errors.ts";
import { parseEvent, type WebhookEvent } from "./event.ts";
import { onlyHeader, type ReceivedWebhook, rawBody } from "./received.ts";
import { parseToken } from "./token.ts";
import { publicKey } from "./webhook-keys.ts";

export interface VerifyWebhookOptions {
  /** `<your Passage server>/webhook_verification_key/get`. Must be https, or http on this machine. */
  publicKeyUrl: string;
  /** How far the signing time may be from now, in seconds, both ways. Default 300. */
  toleranceSeconds?: number | undefined;
  /** Used in place of the global `fetch` to get the key. */
  fetch?: Fetch | undefined;
}

/**
 * Proves that a webhook comes from your Passage server, was signed just now and is unchanged; then reads it.
 * Takes a standard `Request`, or `{ headers, body }` with the raw body. Bodies over 1 MiB are refused.
 *
 * An event may arrive twice (recognise it by `id`), and one server signs for all who use it: act only on a `linkId`
 * that you created.
 *
 * @throws {PassageError} `invalid_signature`, `body_mismatch`, `timestamp_outside_tolerance`, `unknown_key`,
 *   `payload_too_large`, `invalid_event`: answer 400. `connection_failed`, `unexpected_response`: the key could not be
 *   had; answer 503, so that Passage tries again. `invalid_argument`: a mistake in the call
 */
export async function verifyWebhook(
  request: Request | ReceivedWebhook,
  options: VerifyWebhookOptions,
): Promise<WebhookEvent> {
  const { publicKeyUrl, toleranceSeconds = 300, fetch } = options;
  if (!(toleranceSeconds >= 0)) throw new PassageError("invalid_argument", "toleranceSeconds must be 0 or more");

  const token = parseToken(onlyHeader(request.headers, "X-Passage-Signature"));
  const body = await rawBody(request);

  const key = await publicKey(publicKeyUrl, token.kid, fetch);
  if (!(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, token.signature, token.signed))) {
    throw new PassageError("invalid_signature", "The webhook's signature does not fit its key");
  }
  if (!equalInConstantTime(token.request_body_sha256, await sha256Hex(body))) {
    throw new PassageError("body_mismatch", "The webhook's body is not the one that was signed. Was it parsed before?");
  }
  const ageSeconds = Date.now() / 1000 - token.iat;
  if (Math.abs(ageSeconds) > toleranceSeconds) {
    const when = ageSeconds > 0 ? `${Math.round(ageSeconds)} s ago` : `${Math.round(-ageSeconds)} s in the future`;
    throw new PassageError("timestamp_outside_tolerance", `The webhook was signed ${when}. Is this clock right?`);
  }
  return parseEvent(body);
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** For strings of equal length: takes as long wherever they differ. */
function equalInConstantTime(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
