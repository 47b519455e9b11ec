import type { Mode } from "@passage/protocol/ids";
import { createMiddleware } from "hono/factory";
import type { Env } from "../env.ts";
import { equalSecrets, hashSecret, readTag } from "../ids.ts";
import { organizationOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { problem } from "./problem.ts";

/** Lets a request pass that carries an API key in use, and notes whose it is. */
export const requireApiKey = createMiddleware<PassageContext>(async (c, next) => {
  const caller = await callerOf(c.env, bearer(c.req.header("authorization")));
  if (!caller) throw problem("unauthorized", "Send a valid API key: Authorization: Bearer psg_…");
  c.set("caller", caller);
  await next();
});

/** Lets the operator pass, who has the token that the server was started with. */
export const requireOperator = createMiddleware<PassageContext>(async (c, next) => {
  const token = bearer(c.req.header("authorization"));
  if (!token || !c.env.OPERATOR_TOKEN || !equalSecrets(token, c.env.OPERATOR_TOKEN))
    throw problem("unauthorized", "Send the operator token: Authorization: Bearer opr_…");
  await next();
});

export async function callerOf(env: Env, key: string | null): Promise<{ tag: string; mode: Mode } | null> {
  if (!key) return null;
  for (const mode of ["test", "live"] as const) {
    const tag = await readTag(env.PASSAGE_SECRET, mode === "test" ? "testKey" : "liveKey", key);
    if (tag && (await organizationOf(env, tag).authenticate(await hashSecret(key)))) return { tag, mode };
  }
  return null;
}

export function bearer(header: string | undefined): string | null {
  return /^Bearer\s+(\S+)\s*$/i.exec(header ?? "")?.[1] ?? null;
}
