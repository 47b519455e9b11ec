import { Hono } from "hono";

/** The peer: one Hono route on the same runtime that reads JSON and answers JSON. No keys, no schema, no storage. */
const app = new Hono().post("/v1/links", async (c) => c.json({ received: await c.req.json() }, 201));
export default app;
