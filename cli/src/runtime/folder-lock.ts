import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, constants, existsSync, openSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { DataFolder } from "./data-folder.ts";

/** The right to serve a data folder, for one process at a time. */
export interface FolderLock {
  /** The descriptor that the server inherits: while it lives, the folder is locked, whatever became of `passage start`. */
  readonly descriptor: number;
  release(): void;
}

const patienceMs = 5_000;

/**
 * Locks the folder: two servers on it would corrupt each other's databases. Both locks are the kernel's, which drops them when the
 * last process that holds the descriptor has ended, however it ended.
 *
 * `start.lock` is held by the process that starts servers, `server.lock` by that process and its workerd. So whoever has the first
 * and not the second sees a workerd whose `passage start` was killed. It is stopped, and the new server takes its place.
 *
 * @throws when another server runs on the folder
 */
export async function lockFolder(data: DataFolder): Promise<FolderLock> {
  const starting = lock(join(data.path, "start.lock"));
  if (starting === null) {
    const known = data.server ? `: ${data.server.url} (process ${data.server.pid})` : "";
    throw new Error(`A server already runs on ${data.path}${known}. Stop it first.`);
  }
  try {
    const descriptor = lock(join(data.path, "server.lock")) ?? (await replaceOrphan(data));
    data.forgetServer();
    const release = () => {
      for (const one of [descriptor, starting]) closeSync(one);
    };
    return { descriptor, release };
  } catch (error) {
    closeSync(starting);
    throw error;
  }
}

/** The descriptor of the locked file; null when another process holds the lock. Node cannot lock by itself. */
function lock(path: string): number | null {
  if (process.platform === "darwin") return openLocked(path);
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  // The lock belongs to the open file, which flock shares with this process.
  const { status, error, stderr } = spawnSync("flock", ["-n", "-x", "3"], {
    stdio: ["ignore", "ignore", "pipe", descriptor],
    encoding: "utf8",
  });
  if (status === 0) return descriptor;
  closeSync(descriptor);
  if (error)
    throw new Error(`flock does not run (${error.message}). Install util-linux, which brings it.`, { cause: error });
  if (stderr.trim()) throw new Error(`${path} cannot be locked: ${stderr.trim()}. Keep the data on a local disk.`);
  return null;
}

/** macOS locks while it opens. Node has no name for `O_EXLOCK`. */
function openLocked(path: string): number | null {
  const exclusiveLock = 0x20;
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | exclusiveLock, 0o600);
  } catch (error) {
    if (["EAGAIN", "EWOULDBLOCK"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

async function replaceOrphan(data: DataFolder): Promise<number> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    for (const pid of workerdsOn(data.path)) kill(pid, signal);
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      const descriptor = lock(join(data.path, "server.lock"));
      if (descriptor !== null) return descriptor;
      await delay(50);
    }
  }
  throw new Error(
    `${data.path} is served by a process that cannot be seen or stopped from here, perhaps another user's or in a container. Stop it first.`,
  );
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended meanwhile, or it is another user's: then the lock stays, and that is reported.
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Processes of workerd whose command line names this folder's configuration, by whatever path. */
function workerdsOn(folder: string): number[] {
  return commandLines()
    .filter(({ words }) => words.some((word) => /workerd/.test(word)) && words.some((word) => isConfigOf(word, folder)))
    .map(({ pid }) => pid);
}

function isConfigOf(word: string, folder: string): boolean {
  return basename(word) === "workerd.capnp" && existsSync(word) && realpathSync(dirname(word)) === realpathSync(folder);
}

interface CommandLine {
  readonly pid: number;
  readonly words: readonly string[];
}

/** Of every process that this one may see. From `/proc` where there is one: small images have no `ps`. */
function commandLines(): CommandLine[] {
  if (!existsSync("/proc/self/cmdline")) {
    // A path with a space in it is not found, and the folder is reported as served.
    const lines = execFileSync("ps", ["-axww", "-o", "pid=,command="], { encoding: "utf8" }).trim().split("\n");
    return lines.map((line) => line.trim().split(/ +/)).map(([pid, ...words]) => ({ pid: Number(pid), words }));
  }
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return [{ pid: Number(name), words: readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0") }];
    } catch {
      // It has ended since it was listed.
      return [];
    }
  });
}
