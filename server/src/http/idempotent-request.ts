import type { Context } from "hono";
import { hashSecret, hex } from "../ids.ts";
import type { IdempotentRequest } from "../organization/idempotency.ts";
import type { PassageContext } from "./context.ts";
import { invalid } from "./problem.ts";

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
