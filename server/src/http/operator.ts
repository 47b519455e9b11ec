import { type CreatedKey, createKeyRequest } from "@passage/protocol/http";
import { modes } from "@passage/protocol/ids";
import { Hono } from "hono";
import { tagOf } from "../ids.ts";
import { organizationOf } from "../stubs.ts";
import { requireOperator } from "./api-key.ts";
import { readBody } from "./body.ts";
import type { PassageContext } from "./context.ts";

/** `/operator`: for whoever runs the server. */
export const operator = new Hono<PassageContext>().use(requireOperator);

operator.post("/keys", async (c) => {
  const { mode, organization, name = null } = await readBody(c, createKeyRequest);
  const tag = await tagOf(c.env.PASSAGE_SECRET, organization, mode);
  const { key, createdAt } = await organizationOf(c.env, tag).createKey(tag, mode, name);
  return c.json({ key, mode, createdAt } satisfies CreatedKey, 201);
});

/** How many keys of the default organization are in use, by mode: whether this is a first start. */
operator.get("/keys/count", async (c) => {
  const counts = modes.map(async (mode) => {
    const tag = await tagOf(c.env.PASSAGE_SECRET, "default", mode);
    return [mode, await organizationOf(c.env, tag).countKeys()] as const;
  });
  return c.json(Object.fromEntries(await Promise.all(counts)));
});
