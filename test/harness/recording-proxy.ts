import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import WebSocket, { WebSocketServer } from "ws";

/**
 * Stands between a device and the server and keeps every byte that the device sends: request bodies, headers and socket
 * frames. `cut` drops all its sockets at once, as a lost network does. `rewrite` changes what the server says to the device.
 */
export async function startRecordingProxy(target: string, rewrite: (text: string) => string = (text) => text) {
  const sent: string[] = [];
  const received: string[] = [];
  /** Those that have said hello, and whose network has not been cut since. */
  const devices = new Set<WebSocket>();
  const whenThere = new Set<() => void>();
  const waiting = new Set<() => void>();
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
        here.on("close", () => devices.delete(here));
        here.on("message", (data, isBinary) => {
          sent.push(String(data));
          for (const check of waiting) check();
          if (String(data).includes('"client.hello"')) {
            devices.add(here);
            for (const go of whenThere) go();
            whenThere.clear();
          }
          there.send(data, { binary: isBinary });
        });
        there.on("message", (data, isBinary) => {
          const text = rewrite(String(data));
          received.push(text);
          here.send(isBinary ? data : text, { binary: isBinary });
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
    /** Says something to the device in the server's name, once it is there. */
    say: async (text: string) => {
      if (devices.size === 0) await new Promise<void>((resolve) => whenThere.add(resolve));
      for (const device of devices) device.send(text);
    },
    /** The first text that was or will be sent and fits. */
    message: (fits: (text: string) => boolean) =>
      new Promise<string>((resolve) => {
        const check = () => {
          const found = sent.find(fits);
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    cut: () => {
      devices.clear();
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
