import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

export interface Delivered {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
  /** What it was answered; null where the connection was cut. */
  readonly status: number | null;
}

/** A status, with headers; `cut` breaks the connection; a promise answers late. */
export type ReceiverAnswer = number | { status: number; headers: Record<string, string> } | "cut";

/** A webhook receiver on a free loopback port. `answer` decides for the nth delivery (from 0). */
export async function startReceiver(
  answer: (index: number, path: string, body: string) => ReceiverAnswer | Promise<ReceiverAnswer> = () => 200,
) {
  const deliveries: Delivered[] = [];
  const waiting = new Set<() => void>();
  let index = 0;
  const server = createServer(async (request, response) => {
    const at = Date.now();
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const path = request.url ?? "";
    const chosen = await answer(index++, path, body);
    const { status, headers } = typeof chosen === "object" ? chosen : { status: chosen, headers: {} };
    deliveries.push({ path, headers: request.headers, body, at, status: status === "cut" ? null : status });
    if (status === "cut") request.socket.destroy();
    else response.writeHead(status, headers).end("what a receiver says is its own affair");
    for (const check of waiting) check();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  /** Resolves with the deliveries once they fit. */
  const until = (fits: (deliveries: readonly Delivered[]) => boolean) =>
    new Promise<Delivered[]>((resolve) => {
      const check = () => {
        if (!fits(deliveries)) return;
        waiting.delete(check);
        resolve(deliveries);
      };
      waiting.add(check);
      check();
    });
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    deliveries,
    until,
    /** Resolves with the deliveries when there are this many. */
    count: (wanted: number) => until(({ length }) => length >= wanted),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
