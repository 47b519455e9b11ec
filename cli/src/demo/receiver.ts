import { once } from "node:events";
import { createServer } from "node:http";
import { verifyWebhook, type WebhookEvent } from "@passage/connect";

/** A developer's webhook endpoint on a free loopback port: it resolves with the first event whose signature holds. */
export async function startReceiver(publicKeyUrl: () => string) {
  const received = Promise.withResolvers<WebhookEvent>();
  const server = createServer(async (request, response) => {
    try {
      const event = await verifyWebhook(request, { publicKeyUrl: publicKeyUrl() });
      response.writeHead(204).end();
      received.resolve(event);
    } catch (error) {
      response.writeHead(400).end();
      received.reject(error);
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/webhooks`, event: received.promise, stop: () => server.close() };
}
