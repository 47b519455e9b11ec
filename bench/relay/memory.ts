import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { median } from "../load.ts";
import { inLanes } from "./journaled.ts";
import type { DeveloperSession, Passage } from "./passage.ts";

/** workerd lets an idle object go after ten seconds. */
const idleMs = 13_000;
const firstOnes = 100;
const wokenUp = 25;
const portion = 500;
/** Two sockets and, while the object is awake, its database; with some room. */
const openFilesAwake = 8;

export interface MemoryFigures {
  /** Held at once, both sockets open, the person's turn; the first hundred are not counted in what one takes. */
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

/** What yielded sessions take of workerd, at each of these counts, or at as many as the limit on open files allows. */
export async function measureYielded(passage: Passage, counts: readonly number[]): Promise<MemoryFigures[]> {
  const { workerdPid } = passage;
  const held = await inLanes(firstOnes, 16, () => openYielded(passage));
  await delay(idleMs);
  const before = { kilobytes: residentKilobytes(workerdPid), files: openFiles(workerdPid) };
  const figures: MemoryFigures[] = [];
  let last = { sessions: 0, kilobytes: before.kilobytes };
  for (const count of counts) {
    await openUpTo(passage, held, firstOnes + count);
    const sessions = held.length - firstOnes;
    const awake = residentKilobytes(workerdPid);
    await delay(idleMs);
    const asleep = residentKilobytes(workerdPid);
    const files = openFiles(workerdPid);
    const times: number[] = [];
    for (const session of held.splice(0, wokenUp)) times.push(await wakeUp(session));
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
  await Promise.all(held.flatMap(({ worker, device }) => [worker.close(), device.close()]));
  return figures;
}

/** Opens sessions in portions; where open files run short it lets those that idle fall asleep, and then stops. */
async function openUpTo(passage: Passage, held: DeveloperSession[], count: number): Promise<void> {
  const hasRoom = () =>
    (openFiles(passage.workerdPid) ?? 0) + portion * openFilesAwake < openFilesLimit(passage.workerdPid);
  while (held.length < count) {
    if (!hasRoom()) await delay(idleMs);
    if (!hasRoom()) return;
    held.push(...(await inLanes(Math.min(portion, count - held.length), 16, () => openYielded(passage))));
  }
}

async function openYielded(passage: Passage): Promise<DeveloperSession> {
  const session = await passage.openSession();
  const handed = session.device.next("server.set_interactive");
  const conditions = [{ type: "url", pattern: "/my-account" }];
  session.worker.send({ type: "worker.yield_to_user", id: "1", conditions, timeout: 600_000 });
  await handed;
  return session;
}

async function wakeUp({ worker, device }: DeveloperSession): Promise<number> {
  const startedAt = performance.now();
  const result = worker.next("server.command_result");
  device.send({ type: "client.command_response", id: "1", result: { matched: true, condition: 0 }, error: null });
  await result;
  const ms = performance.now() - startedAt;
  await Promise.all([worker.close(), device.close()]);
  return ms;
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
