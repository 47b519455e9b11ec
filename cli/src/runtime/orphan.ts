import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import type { DataFolder } from "./data-folder.ts";

/**
 * Two servers on one folder would corrupt each other's databases. One that runs is an error; a workerd whose `passage start`
 * was killed is stopped, and the new server takes its place.
 */
export async function clearWay(data: DataFolder): Promise<void> {
  const { server } = data;
  if (!server || !isOurWorkerd(server.workerdPid, data.path)) return;
  if (server.pid !== process.pid && isAlive(server.pid))
    throw new Error(`A server already runs on ${data.path}: ${server.url} (process ${server.pid}). Stop it first.`);
  process.kill(server.workerdPid, "SIGTERM");
  for (let waitedMs = 0; isAlive(server.workerdPid); waitedMs += 50) {
    if (waitedMs > 5_000) process.kill(server.workerdPid, "SIGKILL");
    await delay(50);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Process ids are reused: only one whose command line names this folder's configuration is ours. */
function isOurWorkerd(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    const command = execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.includes("workerd") && command.includes(folder);
  } catch {
    return false;
  }
}
