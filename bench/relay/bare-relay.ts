import { join } from "node:path";
import { startBareWorker } from "../workerd.ts";
import { answer, type Contender, command } from "./contender.ts";
import type { Holder } from "./memory.ts";
import { Peer } from "./peer.ts";

/** The bare relay object in the same pinned workerd. */
export async function startBareRelay(): Promise<Contender & Holder> {
  const entry = join(import.meta.dirname, "bare-relay-object.ts");
  const worker = await startBareWorker(entry, { className: "BareRelay" });
  const address = worker.url.replace("http", "ws");
  let sessions = 0;
  const openSession = async () => {
    const session = `${address}/${++sessions}`;
    const [worker, device] = await Promise.all([
      Peer.open(`${session}?role=worker`),
      Peer.open(`${session}?role=client`),
    ]);
    const close = async () => {
      await Promise.all([worker.close(), device.close()]);
    };
    return { worker, device, close };
  };
  return {
    workerdPid: worker.pid,
    /** A command that waits for its answer. */
    async hold() {
      const { worker, device, close } = await openSession();
      const handed = device.next("command");
      worker.send({ type: "command", id: "1", ...command });
      await handed;
      return {
        async wakeUp() {
          const result = worker.next("answer");
          device.send({ type: "answer", id: "1", ...answer });
          await result;
        },
        close,
      };
    },
    async open() {
      const { worker, device, close } = await openSession();
      device.onMessage = ({ id }) => device.send({ type: "answer", id, ...answer });
      let id = 0;
      return {
        async roundTrip() {
          const result = worker.next("answer");
          worker.send({ type: "command", id: String(++id), ...command });
          await result;
        },
        close,
      };
    },
    stop: () => worker.stop(),
  };
}
