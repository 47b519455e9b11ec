import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** Stands before the sandbox, whose users all have one password and one code, and lets a person have secrets of their own. */
export async function startRelabellingProxy(
  sandboxPort: number,
  known: ReadonlyMap<string, string>,
): Promise<{ readonly port: number; readonly met: Set<string>; close(): void }> {
  const met = new Set<string>();
  const server = createServer(async (incoming, outgoing) => {
    let body = (await buffer(incoming)).toString("latin1");
    for (const [own, theirs] of known)
      if (body.includes(own)) {
        met.add(own);
        body = body.replaceAll(own, theirs);
      }
    const { method, url, headers } = incoming;
    const { "transfer-encoding": _, "content-length": __, ...kept } = headers;
    const length = body === "" && method === "GET" ? {} : { "content-length": Buffer.byteLength(body, "latin1") };
    const upstream = request(
      { host: "127.0.0.1", port: sandboxPort, method, path: url, headers: { ...kept, ...length } },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      },
    );
    upstream.on("error", () => outgoing.destroy());
    upstream.end(Buffer.from(body, "latin1"));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    met,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
