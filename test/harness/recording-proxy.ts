import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import WebSocket, { WebSocketServer } from "ws";

/**
 * Stands between a device and the server and keeps every byte that the device sends: request bodies, headers and socket
 * frames. `cut` drops all its sockets at once, as a lost network does.
 */
export async function startRecordingProxy(target: string) {
  const sent: string[] = [];
  const received: string[] = [];
  const sockets = new Set<WebSocket>();
  const upstream = new URL(target);
  const server = createServer((incoming, outgoing) => {
    sent.push(`${incoming.method} ${incoming.url}`, JSON.stringify(incoming.rawHeaders));
    const { hostname, port } = upstream;
    const forwarded = httpRequest(
      { hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on("error", () => outgoing.destroy());
    incoming.on("data", (chunk) => sent.push(String(chunk)));
    incoming.pipe(forwarded);
  });
  const upgrades = new WebSocketServer({ noServer: true });
  server.on("upgrade", (incoming, socket, head) => {
    sent.push(`UPGRADE ${incoming.url}`, JSON.stringify(incoming.rawHeaders));
    const protocols = (incoming.headers["sec-websocket-protocol"] ?? "").split(/,\s*/).filter(Boolean);
    const there = new WebSocket(`ws://${upstream.host}${incoming.url}`, protocols);
    there.on("error", () => socket.destroy());
    there.on("open", () =>
      upgrades.handleUpgrade(incoming, socket, head, (here) => {
        for (const one of [here, there]) {
          sockets.add(one);
          one.on("close", () => sockets.delete(one));
        }
        here.on("message", (data, isBinary) => {
          sent.push(String(data));
          there.send(data, { binary: isBinary });
        });
        there.on("message", (data, isBinary) => {
          received.push(String(data));
          here.send(data, { binary: isBinary });
        });
        here.on("close", (code) => there.close(sendable(code)));
        there.on("close", (code) => here.close(sendable(code)));
      }),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    /** Everything that was sent towards the server, in order. */
    sent,
    /** Every frame that the device was sent. */
    received,
    cut: () => {
      for (const socket of sockets) socket.terminate();
    },
    stop: () => {
      for (const socket of sockets) socket.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** 1005 and 1006 say that there was no close frame; they cannot be sent in one. */
function sendable(code: number): number | undefined {
  return code === 1005 || code === 1006 ? undefined : code;
}
