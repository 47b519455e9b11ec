import { once } from "node:events";
import { createServer } from "node:http";
import { publishersPath } from "@passage/protocol/http/publishers";

/** A server that publishes what a test gives it: JSON of a value, or a text as it stands; null for nothing. */
export async function startPublishingServer(published: unknown) {
  let answer = published;
  let asked = 0;
  const server = createServer((request, response) => {
    const isThere = request.url === publishersPath && answer !== null;
    if (isThere) asked += 1;
    response.writeHead(isThere ? 200 : 404, { "content-type": "application/json" });
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    publish: (next: unknown) => {
      answer = next;
    },
    asked: () => asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
