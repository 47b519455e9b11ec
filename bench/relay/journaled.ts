import type { Claimed } from "@passage/protocol/http/claim";
import type { Passage } from "./passage.ts";
import type { Message } from "./peer.ts";

/** Many links at once, whose devices answer at once: answers a second that our automation journals and goes on from. */
export async function journaledAnswersPerSecond(passage: Passage, links: number): Promise<number> {
  const claimed = await inLanes(links, 16, () => passage.claimLink());
  const devices = await inLanes(links, 16, (index) => passage.connectDevice(claimed[index] as Claimed));
  let answers = 0;
  const startedAt = performance.now();
  await Promise.all(
    devices.map(async (device) => {
      device.onMessage = (message) => {
        const answer = answerTo(message);
        if (!answer) return;
        answers += 1;
        device.send({ type: "client.command_response", ...answer });
      };
      const end = device.next("server.session_end");
      device.send({ type: "client.hello", capabilities: ["yield.conditions"] });
      const { phase, error } = await end;
      if (phase !== "complete") throw new Error(`A link ended ${phase}: ${JSON.stringify(error)}`);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(devices.map((device) => device.close()));
  return answers / seconds;
}

/** Calls `run` for each index, so many at a time. */
export async function inLanes<T>(count: number, lanes: number, run: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await run(index);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

function answerTo({ type, id }: Message): { id: unknown; result: unknown } | null {
  return type === "server.command" ? { id, result: { visible: true } } : null;
}
