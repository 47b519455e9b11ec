import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { median } from "./load.ts";
import { startBareRelay } from "./relay/bare.ts";
import { durableWritesPerSecond } from "./relay/durable-writes.ts";
import { journaledAnswersPerSecond } from "./relay/journaled.ts";
import { type Holder, type MemoryFigures, measureHeld } from "./relay/memory.ts";
import { Passage } from "./relay/passage.ts";
import { type Figures, measureInTurn } from "./relay/round-trips.ts";
import { startSocketIoRelay } from "./relay/socket-io.ts";

/** A command from a worker to a device and back, beside a bare object on the same runtime and beside Socket.IO in Node. */
const rounds = 5;
const journaledRounds = 3;
const links = 100;
/** A file system in memory, where there is one: what the journal takes without the disk. */
const memoryFolder = "/dev/shm";
const heldSessions = [1_000, 5_000];

const [passage, bare, socketIo] = await Promise.all([Passage.start(), startBareRelay(), startSocketIoRelay()]);
const figures = await measureInTurn(rounds, { passage, bare, socketIo });
await Promise.all([bare.stop(), socketIo.stop()]);
for (const [name, { medianMs, p95Ms, oneSession, sixteenSessions }] of Object.entries(figures))
  console.log(
    `${name.padEnd(9)} ${medianMs.toFixed(2)} ms median, ${p95Ms.toFixed(2)} ms p95, ` +
      `${Math.round(oneSession)} a second on one session, ${Math.round(sixteenSessions)} on 16`,
  );

await passage.stop();
const journaled = [await measureJournaled("on the disk", tmpdir())];
if (existsSync(memoryFolder)) journaled.push(await measureJournaled("in memory", memoryFolder));

// Servers of their own: what the rounds above left in memory is not a session's.
const held = {
  passage: await measureAlone("passage", await Passage.start()),
  bare: await measureAlone("bare", await startBareRelay()),
};

const ratioTo = (peer: string) => {
  const [own, other] = [figures.passage as Figures, figures[peer] as Figures];
  const fields = Object.keys(own) as (keyof Figures)[];
  return Object.fromEntries(fields.map((field) => [field, round(own[field] / other[field])]));
};
console.log(
  JSON.stringify({
    benchmark: "relay",
    rounds,
    medians: Object.fromEntries(Object.entries(figures).map(([name, one]) => [name, roundAll(one)])),
    ratioToBare: ratioTo("bare"),
    ratioToSocketIo: ratioTo("socketIo"),
    journaled,
    held: { passage: held.passage.map(roundAll), bare: held.bare.map(roundAll) },
  }),
);

async function measureAlone(name: string, holder: Holder & { stop(): Promise<void> }): Promise<MemoryFigures[]> {
  const figures = await measureHeld(holder, heldSessions);
  await holder.stop();
  for (const [index, one] of figures.entries()) {
    const asked = heldSessions[index] as number;
    const fewer = one.sessions < asked ? ` (of ${asked}: the limit on open files, ulimit -n, allows no more)` : "";
    console.log(
      `held      ${name}: ${one.sessions} sessions${fewer}: ${one.kilobytesASessionAwake.toFixed(1)} KB each just opened, ` +
        `${one.kilobytesASessionAsleep.toFixed(1)} KB and ${one.openFilesASessionAsleep?.toFixed(1) ?? "?"} open files asleep, ` +
        `${one.kilobytesAFurtherSession.toFixed(1)} KB each more, ${one.wakeUpMs.toFixed(2)} ms to wake one up`,
    );
  }
  return figures;
}

/** One commit an answer: so the yardstick is what the folder's file system can durably write, measured in the same rounds. */
async function measureJournaled(where: string, parent: string) {
  const server = await Passage.start(parent);
  const answers: number[] = [];
  const writes: number[] = [];
  for (let round = 0; round <= journaledRounds; round++) {
    const perSecond = await journaledAnswersPerSecond(server, links);
    if (round === 0) continue;
    answers.push(perSecond);
    writes.push(durableWritesPerSecond(parent));
  }
  await server.stop();
  const [answersPerSecond, writesPerSecond] = [Math.round(median(answers)), Math.round(median(writes))];
  console.log(
    `journaled ${answersPerSecond} answers a second over ${links} links at once, the data folder ${where}; ` +
      `a file alone takes ${writesPerSecond} durable writes a second there`,
  );
  return { where, answersPerSecond, durableWritesPerSecond: writesPerSecond };
}

function roundAll(figures: object): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, value === null ? null : round(value)]),
  );
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
