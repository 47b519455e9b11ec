import type { Claimed } from "@passage/protocol/http";
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

/** What a device on T-Mobile's site would answer, with one bill. */
function answerTo(message: Message): { id: unknown; result: unknown } | null {
  if (message.type === "server.set_interactive") {
    const request = message.yield as { id: string } | undefined;
    return request ? { id: request.id, result: { matched: true, condition: 0 } } : null;
  }
  if (message.type !== "server.command") return null;
  const { id, command, params } = message as unknown as { id: string; command: string; params: Record<string, string> };
  if (command === "navigate") return { id, result: { url: params.url, status: 200 } };
  if (command !== "evaluate") return { id, result: {} };
  const site = (body: object) => ({ id, result: { value: { outcome: "answered", body } } });
  if (params.expression?.includes("getBillList")) return site({ responseCode: "100", years: [{ bills: [bill] }] });
  if (params.expression?.includes("bill-dataset"))
    return site({ currentBillDueAmount: "$42.50", dueDate: "2026-12-01" });
  return { id, result: { value: true } };
}

const bill = { startTime: "2026-10-12", endTime: "2026-11-11", statementId: "S1", currentCharges: "$85.00" };
