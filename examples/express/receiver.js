// A webhook endpoint in Express. Start it: node examples/express/receiver.js
import { verifyWebhook } from "@passage/connect";
import express from "express";

const passage = process.env.PASSAGE_URL ?? "http://localhost:8787";
const app = express();

// Without express.json() on this route: the signature is over the bytes as they came, and verifyWebhook reads them.
app.post("/webhooks", async (request, response) => {
  try {
    const event = await verifyWebhook(request, { publicKeyUrl: `${passage}/webhook_verification_key/get` });
    console.log("verified:", event.event, event.linkId);
    response.sendStatus(204);
  } catch (error) {
    // 503: the key could not be had; Passage tries again.
    response.status(error.code === "connection_failed" ? 503 : 400).send(error.code);
  }
});

const server = app.listen(process.env.RECEIVER_PORT ?? 3000, () => console.log("listening on", server.address().port));
