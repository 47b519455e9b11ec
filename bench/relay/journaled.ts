import { median } from "../load.ts";
import { durableWritesPerSecond } from "./durable-writes.ts";
import type { Message, Peer } from "./peer.ts";

/** A server that asks a device question after question, each once the last answer is in its journal. */
export interface Journaling {
  /** A run whose device is connected and has not said hello. */
  openRun(): Promise<Peer>;
  stop(): Promise<void>;
}

/** Medians of the rounds. */
export interface JournaledFigures {
  readonly answersPerSecond: number;
  /** Of a bare object on the same runtime, in the same folder. */
  readonly bareAnswersPerSecond: number;
  /** Of one file in the same folder, one after the other. */
  readonly durableWritesPerSecond: number;
}

/**
 * One commit an answer: so the yardsticks are what a bare object on the same runtime takes and what the folder's file system
 * can durably write, in the same rounds. The first round warms up.
 */
export async function measureJournaled(
  { passage, bare }: Record<"passage" | "bare", Journaling>,
  parent: string,
  rounds: number,
  runs: number,
): Promise<JournaledFigures> {
  const answers: number[] = [];
  const bareAnswers: number[] = [];
  const writes: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const own = await journaledAnswersPerSecond(passage, runs);
    const others = await journaledAnswersPerSecond(bare, runs);
    if (round === 0) continue;
    answers.push(own);
    bareAnswers.push(others);
    writes.push(durableWritesPerSecond(parent));
  }
  return {
    answersPerSecond: median(answers),
    bareAnswersPerSecond: median(bareAnswers),
    durableWritesPerSecond: median(writes),
  };
}

/** Many runs at once, whose devices answer at once: answers per second that are journaled and gone on from. */
async function journaledAnswersPerSecond(server: Journaling, runs: number): Promise<number> {
  const devices = await inLanes(runs, 16, () => server.openRun());
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
      if (phase !== "complete") throw new Error(`A run ended ${phase}: ${JSON.stringify(error)}`);
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
  return type === "server.command" ? { id, result: { holds: true } } : null;
}
