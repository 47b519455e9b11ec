import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { sandbox } from "../../examples/library-provider/sandbox.ts";

/** The library of the example, as a server on this machine. */
export async function startLibrary(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = serve({ fetch: sandbox.fetch, hostname: "127.0.0.1", port: 0 }) as Server;
  if (!server.listening) await once(server, "listening");
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, stop };
}
