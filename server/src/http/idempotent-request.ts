import type { Context } from "hono";
import { hashSecret, hex } from "../ids.ts";
import type { IdempotentRequest } from "../organization/idempotency.ts";
import { organizationOf } from "../stubs.ts";
import type { Caller, PassageContext } from "./context.ts";
import { invalid, unwrap } from "./problem.ts";
import { leadOf, memoriesOf } from "./tenant.ts";

/** The request's Idempotency-Key and a hash of all that it asks; null without the header. */
export async function idempotentRequestOf(
  c: Context<PassageContext>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<IdempotentRequest | null> {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw invalid([{ path: "Idempotency-Key", message: "must be 1 to 255 printable characters without spaces" }]);
  const body = hex(await crypto.subtle.digest("SHA-256", bytes));
  return { key: await hashSecret(key), fingerprint: await hashSecret(`${c.req.method} ${c.req.path} ${body}`) };
}

/**
 * What the same request was answered before (JSON text); null where it is new.
 *
 * @param own the shard of the id in the path, where there is one
 * @throws idempotency_conflict
 */
export async function recall(
  c: Context<PassageContext>,
  caller: Caller,
  once: IdempotentRequest,
  own: string | null,
): Promise<string | null> {
  const tags = await memoriesOf(c.env, caller, once, own);
  const answers = await Promise.all(tags.map((tag) => organizationOf(c.env, tag).recall(once)));
  return answers.map((answer) => unwrap(answer)).find((answer) => answer !== null) ?? null;
}

/**
 * A request was made in the shard of the id in its path. Where its key leads to another one, that one learns that the key is
 * used, so that a request for something else is refused there.
 */
export async function noteKey(
  c: Context<PassageContext>,
  caller: Caller,
  once: IdempotentRequest,
  own: string | null,
): Promise<void> {
  const lead = await leadOf(c.env, caller, once, own);
  if (lead !== null) await organizationOf(c.env, lead).remember(once, null);
}
