import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { io, type Socket } from "socket.io-client";
import { answer, type Contender, command } from "./contender.ts";

/** The Socket.IO relay in a Node process of its own, with Socket.IO's own clients over WebSocket only. */
export async function startSocketIoRelay(): Promise<Contender> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "socket-io-server.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = await once(createInterface({ input: child.stdout }), "line");
  let sessions = 0;
  const connect = async (session: number, role: string): Promise<Socket> => {
    const options = { transports: ["websocket"], forceNew: true, query: { session, role } };
    const socket = io(`http://127.0.0.1:${port}`, options);
    await new Promise<void>((resolve, reject) => {
      socket.on("connect", resolve);
      socket.on("connect_error", reject);
    });
    return socket;
  };
  return {
    async open() {
      const session = ++sessions;
      const [worker, device] = await Promise.all([connect(session, "worker"), connect(session, "client")]);
      device.on("frame", ({ id }) => device.emit("frame", { type: "answer", id, ...answer }));
      let id = 0;
      let answered = () => {};
      worker.on("frame", () => answered());
      return {
        roundTrip: () =>
          new Promise((resolve) => {
            answered = resolve;
            worker.emit("frame", { type: "command", id: String(++id), ...command });
          }),
        async close() {
          worker.close();
          device.close();
        },
      };
    },
    async stop() {
      child.kill();
      await once(child, "exit");
    },
  };
}
