// A webhook endpoint in Hono. Start it: node examples/hono/receiver.js
import { serve } from "@hono/node-server";
import { verifyWebhook } from "@passage/connect";
import { Hono } from "hono";

const passage = process.env.PASSAGE_URL ?? "http://localhost:8787";
const app = new Hono();

app.post("/webhooks", async (c) => {
  try {
    const event = await verifyWebhook(c.req.raw, { publicKeyUrl: `${passage}/webhook_verification_key/get` });
    console.log("verified:", event.event, event.linkId);
    return c.body(null, 204);
  } catch (error) {
    // 503: the key could not be had; Passage tries again.
    return c.text(error.code, error.code === "connection_failed" ? 503 : 400);
  }
});

serve({ fetch: app.fetch, port: Number(process.env.RECEIVER_PORT ?? 3000) }, ({ port }) =>
  console.log("listening on", port),
);
