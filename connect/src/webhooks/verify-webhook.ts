import { PassageError } from "../errors.ts";
import type { Fetch } from "../http/http-request.ts";
import type { ProviderId } from "../resources/results.ts";
import { parseEvent, type WebhookEvent } from "./event.ts";
import type { NodeRequest, ReceivedWebhook } from "./raw-body.ts";
import { verifyByKey } from "./verify-by-key.ts";
import { verifyBySecret } from "./verify-by-secret.ts";

interface AnySignature {
  /** How far the signing time may be from now, in seconds, both ways. Default 300. */
  toleranceSeconds?: number | undefined;
}

interface PublicKeySignature extends AnySignature {
  /** Your organization's id, as `passage.webhookKeys.list()` says: refuses what was signed for another one on the same server. */
  organization?: string | undefined;
  /** Used in place of the global `fetch` to get the key. */
  fetch?: Fetch | undefined;
}

/** By which signature to verify: ours, with a key by the documented address or a JWK set; or Standard Webhooks, with its secret. */
export type VerifyWebhookOptions =
  | (PublicKeySignature & {
      /** `<your Passage server>/webhook_verification_key/get`. Must be https, or http on this machine. */
      publicKeyUrl: string;
    })
  | (PublicKeySignature & {
      /** The `jwksUrl` of `passage.webhookKeys.list()`. Must be https, or http on this machine. */
      jwksUrl: string;
    })
  | (AnySignature & {
      /** `whsec_...`, of the endpoint or of links' own webhooks; several while a rotation overlaps. Asks no server. */
      secret: string | readonly string[];
    });

/**
 * Proves that a webhook comes from your Passage server, was signed just now and is unchanged; then reads it.
 * Takes a standard `Request`, a request of `node:http` or Express whose body nothing has read yet, or `{ headers, body }` with the raw
 * body. Bodies over 1 MiB are refused.
 *
 * `verifyWebhook<"tmobile">(…)` types `results` as that provider's.
 *
 * An event may arrive twice (recognise it by `id`), and one server signs for all who use it: give `organization`, or act only on
 * a `linkId` that you created.
 *
 * @throws {PassageError} `invalid_signature`, `body_mismatch`, `timestamp_outside_tolerance`, `unknown_key`,
 *   `payload_too_large`, `invalid_event`: answer 400. `connection_failed`, `unexpected_response`: the key could not be
 *   had; answer 503, so that Passage tries again. `invalid_argument`: a mistake in the call
 */
export async function verifyWebhook<P extends ProviderId = ProviderId>(
  request: Request | NodeRequest | ReceivedWebhook,
  options: VerifyWebhookOptions,
): Promise<WebhookEvent<P>> {
  checkArguments(request, options);
  const { toleranceSeconds = 300 } = options;
  if (!(toleranceSeconds >= 0)) throw new PassageError("invalid_argument", "toleranceSeconds must be 0 or more");

  const { signedAt, body } =
    "secret" in options ? await verifyBySecret(request, options.secret) : await verifyByKey(request, options);
  const ageSeconds = Date.now() / 1000 - signedAt;
  if (Math.abs(ageSeconds) > toleranceSeconds) {
    const when = ageSeconds > 0 ? `${Math.round(ageSeconds)} s ago` : `${Math.round(-ageSeconds)} s in the future`;
    throw new PassageError("timestamp_outside_tolerance", `The webhook was signed ${when}. Is this clock right?`);
  }
  return parseEvent(body) as WebhookEvent<P>;
}

/** From JavaScript anything may come here: the error says what is missing. */
function checkArguments(request: unknown, options: unknown): void {
  if (typeof request !== "object" || request === null || !("headers" in request) || !request.headers)
    throw new PassageError(
      "invalid_argument",
      "verifyWebhook takes the request first: a Request, a Node request, or { headers, body }. This one has no headers",
    );
  const given = typeof options === "object" && options !== null ? options : {};
  const sources = ["publicKeyUrl", "jwksUrl", "secret"].filter((name) => name in given);
  if (sources.length === 1 && given[sources[0] as keyof typeof given] !== undefined) return;
  const found = sources.length === 0 ? "none of them is there" : `found: ${sources.join(", ")}`;
  throw new PassageError(
    "invalid_argument",
    `verifyWebhook takes options second, with one of publicKeyUrl, jwksUrl and secret; ${found}`,
  );
}
