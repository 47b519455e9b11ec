import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { readTag } from "../ids.ts";
import { keysOf, organizationOf } from "../stubs.ts";
import { actorOf } from "./caller.ts";
import type { PassageContext } from "./context.ts";
import { readCursor, writePage } from "./cursor.ts";
import { forgetKeys } from "./key-memory.ts";
import { problem, unwrap } from "./problem.ts";
import { type Asked, serve } from "./serve.ts";
import { newestFirst } from "./shard-list.ts";
import { refuseUselessTestKey } from "./test-mode.ts";

/** `/v1/keys` and `/v1/audit_log`: a developer's own keys, and who changed what. */
export const keys = new Hono<PassageContext>();

serve(keys, routes.createKey, async (asked) => {
  const { c, caller, body, once } = asked;
  refuseUselessTestKey(c.env, caller.mode);
  const { name = null, scopes, expiresIn = null } = body;
  const request = { name, scopes, expiresIn };
  return unwrap(await keysOf(c.env, caller.tag).create(request, actorOf(asked.c), once));
});

serve(keys, routes.listKeys, async ({ c, caller, query: { limit, cursor } }) => {
  const found = await keysOf(c.env, caller.tag).list(readCursor("keys", cursor), limit + 1);
  const { page, nextCursor } = writePage("keys", found, limit, ({ position }) => position);
  return { keys: page.map(({ key }) => key), nextCursor };
});

serve(keys, routes.rotateKey, async (asked) => {
  const own = await ownKeys(asked);
  const rotated = unwrap(await own.rotate(asked.id, asked.body.overlap, actorOf(asked.c), asked.once));
  forgetKeys(asked.caller.tag);
  return rotated;
});

serve(keys, routes.revokeKey, async (asked) => {
  const revoked = unwrap(await (await ownKeys(asked)).revoke(asked.id, actorOf(asked.c)));
  forgetKeys(asked.caller.tag);
  return revoked;
});

serve(keys, routes.readAuditLog, async ({ c, caller, query }) => {
  const { page, nextCursor } = await newestFirst({ c, caller }, query, {
    list: "audit_log",
    read: (tag, before, limit) => organizationOf(c.env, tag).auditLog(before, limit),
    positionOf: ({ position }) => position,
    timeOf: ({ entry }) => entry.at,
  });
  return { entries: page.map(({ entry }) => entry), nextCursor };
});

async function ownKeys({ c, caller, id }: Pick<Asked<typeof routes.revokeKey>, "c" | "caller" | "id">) {
  if ((await readTag(c.env.PASSAGE_SECRET, "apiKey", id)) !== caller.tag) throw problem("not_found", "Key not found");
  return keysOf(c.env, caller.tag);
}
