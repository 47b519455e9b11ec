import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const count = 500;
/** What one small commit writes to a log. */
const page = Buffer.alloc(4_096, 1);

/** How often a second a file in this folder can be written and brought to the disk, one after the other. */
export function durableWritesPerSecond(parent: string): number {
  const folder = mkdtempSync(join(parent, "passage-bench-"));
  const file = openSync(join(folder, "log"), "w");
  const startedAt = performance.now();
  for (let index = 0; index < count; index++) {
    writeSync(file, page, 0, page.length, index * page.length);
    fsyncSync(file);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  closeSync(file);
  rmSync(folder, { recursive: true });
  return count / seconds;
}
