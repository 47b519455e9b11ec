import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { LinkStatusMessage } from "@passage/protocol/events";
import type { LinkDetails } from "@passage/protocol/http/claim";
import { type WebSocket, WebSocketServer } from "ws";

export const code = "clm_4f9Kq2vXh81mZr7TnYb3WcJd6LgPs0Ea";

export const details: LinkDetails = {
  linkId: "link_1",
  mode: "test",
  requestedBy: "Budget Buddy",
  provider: { id: "tmobile", name: "T-Mobile", site: "https://account.t-mobile.com" },
  operations: [
    {
      resource: "mobileBillingStatement",
      action: "read",
      description: "Your billing statements: dates and amounts",
      details: [
        "It reads your bills: period, number and charges; what is due now, and when.",
        "It works on www.t-mobile.com and account.t-mobile.com only.",
      ],
    },
    { resource: "paymentMethod", action: "write", description: "The card that pays your bill", details: [] },
  ],
  manifests: [],
  sandbox: null,
  status: "pending",
  server: "http://localhost:8787",
  cancelledAt: null,
  returnUrl: null,
  expiresAt: 1_767_240_000_000,
};

type News = Partial<LinkStatusMessage> & Pick<LinkStatusMessage, "status">;
type Found = LinkDetails | { status: number; code: string };

/** A small real server that plays a Passage server to the claim page in `folder`, on a free loopback port. */
export async function startServer(folder: string) {
  const [html, policy] = await Promise.all(
    ["claim.html", "claim.csp.txt"].map((file) => readFile(join(folder, file), "utf8")),
  );
  const seen: { url: string; referer: string | undefined }[] = [];
  const sockets = new Set<WebSocket>();
  let found: Found = details;
  let news: News | undefined;

  const server = createServer(({ url = "", headers }, response) => {
    seen.push({ url, referer: headers.referer });
    if (url.startsWith("/claim?") || url === "/claim") {
      response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy });
      response.end(html);
    } else if (url === `/link/details?code=${code}`) {
      const refused = "provider" in found ? undefined : found;
      response.writeHead(refused?.status ?? 200, { "content-type": "application/json" });
      response.end(JSON.stringify(refused ? { error: "No", code: refused.code, requestId: "req_1", docs: "" } : found));
    } else if (url.startsWith("/back")) {
      response.writeHead(200, { "content-type": "text/html" });
      response.end('<!doctype html><link rel="icon" href="data:,"><title>Back</title>');
    } else {
      response.writeHead(404).end("{}");
    }
  });
  const upgrade = new WebSocketServer({ server, path: "/link/ws" });
  upgrade.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    if (news) tell(socket, news);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const tell = (socket: WebSocket, { status, ...rest }: News) => {
    socket.send(JSON.stringify({ type: "link.status", linkId: "link_1", status, ...rest, ts: 1 }));
    if (status === "complete" || status === "expired" || status === "failed") socket.close(1000);
  };
  const down = () => {
    for (const socket of sockets) socket.terminate();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };

  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    sockets,
    /** What `/link/details` answers, and what a new status socket is told at once. */
    play(next: Found, first?: News) {
      found = next;
      news = first;
    },
    push(next: News) {
      news = next;
      for (const socket of sockets) tell(socket, next);
    },
    down,
    up: () => listen(port),
  };
}

export type PlayedServer = Awaited<ReturnType<typeof startServer>>;
