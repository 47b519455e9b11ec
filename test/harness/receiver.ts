import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

export interface Delivered {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** A webhook receiver on a free loopback port. `answer` gives the status of the nth delivery (from 0). */
export async function startReceiver(answer: (index: number) => number = () => 200) {
  const deliveries: Delivered[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    deliveries.push({ headers: request.headers, body, at: Date.now() });
    response.writeHead(answer(deliveries.length - 1)).end();
    for (const check of waiting) check();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    deliveries,
    /** Resolves with the deliveries when there are this many. */
    count: (wanted: number) =>
      new Promise<Delivered[]>((resolve) => {
        const check = () => {
          if (deliveries.length < wanted) return;
          waiting.delete(check);
          resolve(deliveries);
        };
        waiting.add(check);
        check();
      }),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
