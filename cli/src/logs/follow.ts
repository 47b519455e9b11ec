import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { logFile, logFiles } from "./server-log.ts";

const pollMs = 250;
const chunkBytes = 64 * 1024;

/** The last lines of a server's log, oldest first. */
export function lastLines(folder: string, count: number): string[] {
  let lines: string[] = [];
  for (const file of logFiles(folder).reverse()) {
    if (lines.length >= count) break;
    if (existsSync(file)) lines = [...new LineReader(file, 0).read(), ...lines];
  }
  return lines.slice(-count);
}

/** Lines as they are written from now on, across the log's rotation, until the signal. */
export async function* newLines(folder: string, signal: AbortSignal): AsyncGenerator<string> {
  let reader = openAtEnd(logFile(folder));
  while (!signal.aborted) {
    if (reader) {
      yield* reader.read();
      if (reader.isRotated()) {
        // What was written between the read and the rotation.
        yield* reader.read();
        reader.close();
        reader = null;
      }
    }
    if (!reader && existsSync(logFile(folder))) reader = new LineReader(logFile(folder), 0);
    else await delay(pollMs, undefined, { signal });
  }
}

function openAtEnd(file: string): LineReader | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? new LineReader(file, found.size) : null;
}

/** Whole lines of one file, which another process writes. */
class LineReader {
  readonly #path: string;
  readonly #file: number;
  #position: number;
  #rest = Buffer.alloc(0);

  constructor(path: string, position: number) {
    this.#path = path;
    this.#file = openSync(path, "r");
    this.#position = position;
  }

  read(): string[] {
    const chunk = Buffer.alloc(chunkBytes);
    for (let bytes = -1; bytes !== 0; this.#position += bytes) {
      bytes = readSync(this.#file, chunk, 0, chunkBytes, this.#position);
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, bytes)]);
    }
    const end = this.#rest.lastIndexOf("\n") + 1;
    const lines = this.#rest.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
    this.#rest = this.#rest.subarray(end);
    return lines;
  }

  isRotated(): boolean {
    return statSync(this.#path, { throwIfNoEntry: false })?.ino !== fstatSync(this.#file).ino;
  }

  close(): void {
    closeSync(this.#file);
  }
}
