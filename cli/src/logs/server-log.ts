import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

const largestFile = 8 * 1024 * 1024;
/** Older files beside the one that is written: `server.1.jsonl` is the newest of them. */
const olderFiles = 4;

/** The files of a server's log in its data folder, the oldest first. */
export function logFiles(folder: string): string[] {
  const older = Array.from({ length: olderFiles }, (_, index) => join(folder, "log", `server.${index + 1}.jsonl`));
  return [...older.reverse(), logFile(folder)];
}

/** The file that is written now. */
export function logFile(folder: string): string {
  return join(folder, "log", "server.jsonl");
}

/** What a server writes, kept in its data folder as JSON lines: at most five files of 8 MiB, for their owner alone. */
export class ServerLog {
  readonly #folder: string;
  readonly #onFault: (error: Error) => void;
  #bytes: number | null = null;
  #isFaulty = false;

  /** @param onFault hears of the first line that cannot be written, and again after lines could be written in between */
  constructor(folder: string, onFault: (error: Error) => void) {
    this.#folder = folder;
    this.#onFault = onFault;
  }

  /**
   * Writes a line. A full disk must not end the server, which refuses what it cannot keep and goes on: a line that cannot be
   * written is lost.
   *
   * @param line JSON of one event, or workerd's own words
   */
  add(line: string): void {
    try {
      this.#write(line);
      this.#isFaulty = false;
    } catch (error) {
      if (!this.#isFaulty) this.#onFault(error as Error);
      this.#isFaulty = true;
    }
  }

  #write(line: string): void {
    if (this.#bytes === null) {
      mkdirSync(join(this.#folder, "log"), { recursive: true, mode: 0o700 });
      this.#bytes = statSync(logFile(this.#folder), { throwIfNoEntry: false })?.size ?? 0;
    }
    const text = `${asJson(line, Date.now())}\n`;
    const bytes = Buffer.byteLength(text);
    if (this.#bytes + bytes > largestFile) this.#rotate();
    appendFileSync(logFile(this.#folder), text, { mode: 0o600 });
    this.#bytes += bytes;
  }

  #rotate(): void {
    const files = logFiles(this.#folder);
    for (const [index, file] of files.entries()) {
      const next = files[index - 1];
      if (next !== undefined && statSync(file, { throwIfNoEntry: false })) renameSync(file, next);
    }
    this.#bytes = 0;
  }
}

/** The line as an event with its time, whoever wrote it. */
function asJson(line: string, now: number): string {
  const fields = parseFields(line);
  const time = new Date(now).toISOString();
  if (!fields) return JSON.stringify({ time, level: "error", event: "workerd", message: line });
  return "time" in fields ? line : JSON.stringify({ time, ...fields });
}

/** The fields of a line of the log; null for what is no JSON object. */
export function parseFields(line: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
