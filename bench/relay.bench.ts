import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { type AimFigures, aims } from "./relay/aims.ts";
import { startBareJournal } from "./relay/bare-journal.ts";
import { startBareRelay } from "./relay/bare-relay.ts";
import { type JournaledFigures, measureJournaled } from "./relay/journaled.ts";
import { type Holder, type MemoryFigures, measureHeld } from "./relay/memory.ts";
import { Passage } from "./relay/passage.ts";
import { type Figures, measureInTurn } from "./relay/round-trips.ts";
import { startSocketIoRelay } from "./relay/socket-io.ts";

/** A command from a worker to a device and back, beside a bare object on the same runtime and beside Socket.IO in Node. */
const rounds = 5;
const journaledRounds = 3;
const runsAtOnce = 100;
/** A file system in memory, where there is one: what the journal takes without the disk. */
const memoryFolder = "/dev/shm";
const heldSessions = [1_000, 5_000];

const [passage, bare, socketIo] = await Promise.all([Passage.start(), startBareRelay(), startSocketIoRelay()]);
const figures = await measureInTurn(rounds, { passage, bare, socketIo });
await Promise.all([passage.stop(), bare.stop(), socketIo.stop()]);
for (const [name, { medianMs, p95Ms, oneSession, sixteenSessions }] of Object.entries(figures))
  console.log(
    `${name.padEnd(9)} ${medianMs.toFixed(2)} ms median, ${p95Ms.toFixed(2)} ms p95, ` +
      `${Math.round(oneSession)} a second on one session, ${Math.round(sixteenSessions)} on 16`,
  );

const journaled = { disk: await journal("on the disk", tmpdir()), memory: null as JournaledFigures | null };
if (existsSync(memoryFolder)) journaled.memory = await journal("in memory", memoryFolder);

// Servers of their own: what the rounds above left in memory is not a session's.
const held = {
  passage: await hold("passage", await Passage.start()),
  bare: await hold("bare", await startBareRelay()),
};

const ratioTo = (peer: string) => {
  const [own, other] = [figures.passage as Figures, figures[peer] as Figures];
  const fields = Object.keys(own) as (keyof Figures)[];
  return Object.fromEntries(fields.map((field) => [field, round(own[field] / other[field])])) as Record<
    keyof Figures,
    number
  >;
};
const bareToSocketIo = round((figures.bare as Figures).medianMs / (figures.socketIo as Figures).medianMs);
const ratioToBare = ratioTo("bare");
const ratioToSocketIo = ratioTo("socketIo");
const reached = aims({
  throughputToBare: Math.min(ratioToBare.oneSession, ratioToBare.sixteenSessions),
  medianToSocketIo: ratioToSocketIo.medianMs,
  bareMedianToSocketIo: bareToSocketIo,
  journaled: journaled.disk,
  held: held.passage.at(-1) as MemoryFigures,
  bareHeld: held.bare.at(-1) as MemoryFigures,
} satisfies AimFigures);
for (const { aim, isReached, figure, yardstick } of reached)
  console.log(`aim ${isReached ? "reached" : "missed "}  ${aim}: ${figure} (${yardstick})`);
console.log(
  JSON.stringify({
    benchmark: "relay",
    rounds,
    medians: Object.fromEntries(Object.entries(figures).map(([name, one]) => [name, roundAll(one)])),
    ratioToBare,
    ratioToSocketIo,
    journaled: {
      disk: roundAll(journaled.disk),
      memory: journaled.memory && roundAll(journaled.memory),
    },
    held: { passage: held.passage.map(roundAll), bare: held.bare.map(roundAll) },
    aims: Object.fromEntries(reached.map(({ aim, isReached }) => [aim, isReached])),
  }),
);

async function hold(name: string, holder: Holder & { stop(): Promise<void> }): Promise<MemoryFigures[]> {
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

async function journal(where: string, parent: string): Promise<JournaledFigures> {
  const [passage, bare] = await Promise.all([Passage.start(parent), startBareJournal(parent)]);
  const figures = await measureJournaled({ passage, bare }, parent, journaledRounds, runsAtOnce);
  await Promise.all([passage.stop(), bare.stop()]);
  const { answersPerSecond, bareAnswersPerSecond, durableWritesPerSecond } = figures;
  console.log(
    `journaled ${Math.round(answersPerSecond)} answers per second over ${runsAtOnce} links at once, the data folder ${where}; ` +
      `a bare object that journals takes ${Math.round(bareAnswersPerSecond)} there, ` +
      `a file alone ${Math.round(durableWritesPerSecond)} durable writes`,
  );
  return figures;
}

function roundAll(figures: object): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, value === null ? null : round(value)]),
  );
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
