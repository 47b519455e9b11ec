import { modes } from "@passage/protocol/ids";
import { withoutChecksum } from "@passage/protocol/key-checksum";
import { allows, type Grant, type Scope } from "@passage/protocol/scopes";
import type { Context } from "hono";
import type { KeyActor } from "../doors.ts";
import type { Env } from "../env.ts";
import { equalSecrets, hashSecret, readTag } from "../ids.ts";
import { organizationOf } from "../stubs.ts";
import type { Caller, PassageContext } from "./context.ts";
import { type KnownKey, knownKey } from "./key-memory.ts";
import { problem } from "./problem.ts";
import { limitKey } from "./rate.ts";

/**
 * The caller behind an API key, let in for this scope.
 *
 * @throws api_key_malformed, unauthorized, insufficient_scope, rate_limited
 */
export async function admit(c: Context<PassageContext>, key: string | null, scope: Scope | null): Promise<Caller> {
  if (!key) throw problem("unauthorized", "Send an API key: Authorization: Bearer psg_…");
  const { tag, mode, facts } = await knownKey(key, () => identify(c.env, key));
  const { keyId, scopes, shards } = facts;
  limitKey(c, keyId);
  if (scope) requireScope(scopes, scope);
  return { tag, mode, keyId, scopes, shards };
}

/** @throws insufficient_scope */
export function requireScope(granted: readonly Grant[], scope: Scope): void {
  if (!allows(granted, scope))
    throw problem("insufficient_scope", `This key does not have the scope ${scope}. Use one that has it.`);
}

/** Asks a key's organization what it may do. */
async function identify(env: Env, key: string): Promise<KnownKey> {
  const mode = modes.find((one) => key.startsWith(`psg_${one}_`));
  if (!mode) throw problem("unauthorized", "This is not an API key: one begins with psg_test_ or psg_live_.");
  // Told apart before any look-up: a slip of the hand is not a key that is gone.
  const unchecked = withoutChecksum(key);
  if (!unchecked) throw problem("api_key_malformed", "This API key is mistyped or cut. Copy the whole key again.");
  const tag = await readTag(env.PASSAGE_SECRET, mode === "test" ? "testKey" : "liveKey", unchecked);
  if (!tag) throw problem("unauthorized", "This API key is not of this server.");
  const facts = await organizationOf(env, tag).identify(await hashSecret(key));
  if (!facts) throw problem("unauthorized", "This API key is unknown, revoked or expired. Use another one.");
  return { tag, mode, facts };
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
