import type { JournaledFigures } from "./journaled.ts";
import type { MemoryFigures } from "./memory.ts";

/** What the aims are held against. Ratios of ours to the peer's, measured in one run. */
export interface AimFigures {
  readonly throughputToBare: number;
  readonly medianToSocketIo: number;
  readonly bareMedianToSocketIo: number;
  readonly journaled: JournaledFigures;
  readonly held: MemoryFigures;
  readonly bareHeld: MemoryFigures;
}

export interface Aim {
  readonly aim: string;
  readonly isReached: boolean;
  readonly figure: string;
  /** What the runtime or the machine leaves room for: the same without any of our code. */
  readonly yardstick: string;
}

/** What the relay is to be, and what it was. */
export function aims({
  throughputToBare,
  medianToSocketIo,
  bareMedianToSocketIo,
  journaled,
  held,
  bareHeld,
}: AimFigures): Aim[] {
  return [
    {
      aim: "at least 0.70 of a bare relay's throughput",
      isReached: throughputToBare >= 0.7,
      figure: `${throughputToBare}`,
      yardstick: "the lower of one session and sixteen",
    },
    {
      aim: "no slower than Socket.IO at the median",
      isReached: medianToSocketIo <= 1,
      figure: `${medianToSocketIo} times its time`,
      yardstick: `the bare relay takes ${bareMedianToSocketIo} times its time`,
    },
    {
      aim: "at least 3,000 journaled answers per second on the disk",
      isReached: journaled.answersPerSecond >= 3_000,
      figure: `${Math.round(journaled.answersPerSecond)}`,
      yardstick: `a bare object that journals takes ${Math.round(journaled.bareAnswersPerSecond)}`,
    },
    {
      aim: "under 150 KB a yielded session beyond the first hundred",
      isReached: held.kilobytesASessionAsleep < 150,
      figure: `${held.kilobytesASessionAsleep.toFixed(1)} KB`,
      yardstick: `one of the bare relay, which stores nothing, takes ${bareHeld.kilobytesASessionAsleep.toFixed(1)} KB`,
    },
    {
      aim: "5,000 yielded sessions at once",
      isReached: held.sessions >= 5_000,
      figure: `${held.sessions}`,
      yardstick: `the bare relay held ${bareHeld.sessions}`,
    },
  ];
}
