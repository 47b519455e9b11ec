import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Running } from "./passage-process.ts";

/**
 * Resolves when workerd has evicted an object, which it does after about ten seconds without an event. Nothing is logged then: the
 * object's code does not run, and a request would wake it. But the runtime closes the object's database, and the operating system knows
 * which files a process has open. The next event constructs the object anew, as a session logs with `session.woke`.
 *
 * @param kind the object's class, by the name of its folder
 * @param id what only this object of its class has stored: the id of a session, or of an organization's link
 */
export async function eviction(
  { data }: Pick<Running, "data">,
  kind: "organization" | "session",
  id: string,
): Promise<void> {
  const database = databaseWith(id, join(data, "objects", kind));
  const { workerdPid } = JSON.parse(readFileSync(join(data, "server.json"), "utf8"));
  const isOpen = () => openFiles(workerdPid).some((file) => file.endsWith(database));
  expect(isOpen(), "the object is in memory before it is evicted").toBe(true);
  await expect.poll(isOpen, { timeout: 25_000, interval: 100 }).toBe(false);
}

/** The name of the database file that has the text. What was written last is in the log beside it. */
function databaseWith(text: string, folder: string): string {
  const holds = (name: string) =>
    [name, `${name}-wal`]
      .map((one) => join(folder, one))
      .some((path) => existsSync(path) && readFileSync(path).includes(text));
  const found = readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name) && holds(name));
  expect(found).toHaveLength(1);
  return found[0] as string;
}

/** From `/proc` where there is one. A file may be closed while they are listed. */
function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  if (!existsSync("/proc/self/fd"))
    return execFileSync("lsof", ["-p", `${pid}`, "-Fn"], { encoding: "utf8" }).split("\n");
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  });
}
