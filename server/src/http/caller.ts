import { modes } from "@passage/protocol/ids";
import { withoutChecksum } from "@passage/protocol/key-checksum";
import type { Scope } from "@passage/protocol/scopes";
import type { Context } from "hono";
import type { KeyActor } from "../doors.ts";
import { equalSecrets, hashSecret, readTag } from "../ids.ts";
import type { IdempotentRequest } from "../organization/idempotency.ts";
import { organizationOf } from "../stubs.ts";
import type { Caller, PassageContext } from "./context.ts";
import { problem, unwrap } from "./problem.ts";
import { setRateHeaders } from "./rate.ts";

/**
 * The caller behind an API key, let in for this scope; `replay` is what the request was answered before.
 *
 * @throws api_key_malformed, unauthorized, insufficient_scope, rate_limited, idempotency_conflict
 */
export async function admit(
  c: Context<PassageContext>,
  key: string | null,
  scope: Scope | null,
  once: IdempotentRequest | null,
): Promise<{ caller: Caller; replay: string | null }> {
  if (!key) throw problem("unauthorized", "Send an API key: Authorization: Bearer psg_…");
  const mode = modes.find((one) => key.startsWith(`psg_${one}_`));
  if (!mode) throw problem("unauthorized", "This is not an API key: one begins with psg_test_ or psg_live_.");
  // Told apart before any look-up: a slip of the hand is not a key that is gone.
  const unchecked = withoutChecksum(key);
  if (!unchecked) throw problem("api_key_malformed", "This API key is mistyped or cut. Copy the whole key again.");
  const tag = await readTag(c.env.PASSAGE_SECRET, mode === "test" ? "testKey" : "liveKey", unchecked);
  if (!tag) throw problem("unauthorized", "This API key is not of this server.");
  const visit = { keyHash: await hashSecret(key), scope, once };
  const { rate, ...answer } = await organizationOf(c.env, tag).admit(visit);
  if (rate) setRateHeaders(c, "key", rate);
  const { keyId, scopes, replay } = unwrap(answer);
  return { caller: { tag, mode, keyId, scopes }, replay };
}

/** The caller as the audit log names it, and what its key may give to others. */
export function actorOf(c: Context<PassageContext>): KeyActor {
  const { keyId, scopes } = c.get("caller");
  return { actor: keyId, requestId: c.get("requestId"), scopes };
}

/** Lets the operator pass, who has the token that the server was started with. */
export function requireOperator(c: Context<PassageContext>): void {
  const token = bearer(c.req.header("authorization"));
  if (!token || !c.env.OPERATOR_TOKEN || !equalSecrets(token, c.env.OPERATOR_TOKEN))
    throw problem("unauthorized", "Send the operator token: Authorization: Bearer opr_…");
}

export function bearer(header: string | undefined): string | null {
  return /^Bearer\s+(\S+)\s*$/i.exec(header ?? "")?.[1] ?? null;
}
