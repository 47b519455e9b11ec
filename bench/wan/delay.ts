import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A line between two programs, on which every byte takes half a round trip. Its order and its bandwidth are the machine's. */
export async function delayedLine(port: number, roundTripMs: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    relay(near, far, roundTripMs / 2);
    relay(far, near, roundTripMs / 2);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function relay(from: Socket, to: Socket, delayMs: number): void {
  const later = (act: () => void) => (delayMs === 0 ? act() : void setTimeout(act, delayMs));
  from.on("data", (bytes) => later(() => to.writable && to.write(bytes)));
  from.on("end", () => later(() => to.end()));
  from.on("error", () => to.destroy());
}
