import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { median } from "../load.ts";
import { inLanes } from "./journaled.ts";

/** A session that waits for its device, both sockets open. */
export interface Held {
  /** The device answers; resolves when the worker has the answer. */
  wakeUp(): Promise<void>;
  close(): Promise<void>;
}

/** A relay on workerd that can hold many of them. */
export interface Holder {
  readonly workerdPid: number;
  hold(): Promise<Held>;
}

/** workerd lets an idle object go after ten seconds. */
const idleMs = 13_000;
const firstOnes = 100;
const wokenUp = 25;
const portion = 100;
/** Two sockets and, while the object is awake, its database; with some room. */
const openFilesAwake = 8;

export interface MemoryFigures {
  /** Held at once, both sockets open; the first hundred are not counted in what one takes. */
  readonly sessions: number;
  readonly kilobytesASessionAwake: number;
  readonly kilobytesASessionAsleep: number;
  /** Of those since the count before: the allocator keeps what the first rush of awake ones took. */
  readonly kilobytesAFurtherSession: number;
  /** What an idle one takes of the limit on open files; null where that cannot be read. */
  readonly openFilesASessionAsleep: number | null;
  /** From the device's answer to the worker's, with the object out of memory. */
  readonly wakeUpMs: number;
}

/** What sessions that wait take of workerd, at each of these counts, or at as many as the limit on open files allows. */
export async function measureHeld(holder: Holder, counts: readonly number[]): Promise<MemoryFigures[]> {
  const { workerdPid } = holder;
  const held = await inLanes(firstOnes, 16, () => holder.hold());
  await delay(idleMs);
  const before = { kilobytes: residentKilobytes(workerdPid), files: openFiles(workerdPid) };
  const figures: MemoryFigures[] = [];
  let last = { sessions: 0, kilobytes: before.kilobytes };
  for (const count of counts) {
    await openUpTo(holder, held, firstOnes + count);
    const sessions = held.length - firstOnes;
    const awake = residentKilobytes(workerdPid);
    await delay(idleMs);
    const asleep = residentKilobytes(workerdPid);
    const files = openFiles(workerdPid);
    const times: number[] = [];
    for (const session of held.splice(0, wokenUp)) {
      const startedAt = performance.now();
      await session.wakeUp();
      times.push(performance.now() - startedAt);
      await session.close();
    }
    figures.push({
      sessions,
      kilobytesASessionAwake: (awake - before.kilobytes) / sessions,
      kilobytesASessionAsleep: (asleep - before.kilobytes) / sessions,
      kilobytesAFurtherSession: (asleep - last.kilobytes) / (sessions - last.sessions),
      openFilesASessionAsleep: files === null || before.files === null ? null : (files - before.files) / sessions,
      wakeUpMs: median(times),
    });
    last = { sessions, kilobytes: asleep };
  }
  await Promise.all(held.map((session) => session.close()));
  return figures;
}

/** Opens sessions in portions; where open files run short it lets those that idle fall asleep, and then stops. */
async function openUpTo(holder: Holder, held: Held[], count: number): Promise<void> {
  const hasRoom = () =>
    (openFiles(holder.workerdPid) ?? 0) + portion * openFilesAwake < openFilesLimit(holder.workerdPid);
  while (held.length < count) {
    if (!hasRoom()) await delay(idleMs);
    if (!hasRoom()) return;
    held.push(...(await inLanes(Math.min(portion, count - held.length), 16, () => holder.hold())));
  }
}

function residentKilobytes(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }));
}

function openFiles(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}

function openFilesLimit(pid: number): number {
  try {
    return Number(/Max open files\s+(\d+)/.exec(readFileSync(`/proc/${pid}/limits`, "utf8"))?.[1] ?? Number.NaN);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
