import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export const passageBin = join(import.meta.dirname, "../../cli/bin/passage.js");

/** A started product: the real CLI, the real workerd, a data folder of its own. */
export interface Running {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  /** The key that the first start printed; null on a later start on the same folder. */
  readonly testKey: string | null;
  /** Every line of standard output and error so far. */
  readonly output: readonly string[];
  /** Resolves with the first line, past or future, that contains the text. */
  line(text: string): Promise<string>;
  /** Resolves with the first log line, past or future, of this event that contains each text, such as an id. */
  logged(event: string, ...texts: string[]): Promise<Record<string, unknown>>;
  /** SIGTERM; resolves with the exit status. */
  stop(): Promise<number | null>;
  /** `kill -9` of workerd and of the CLI: nobody gets to say goodbye. */
  kill(): Promise<void>;
}

export interface StartOptions {
  readonly data?: string;
  readonly port?: number;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The CLI of another release, in place of this checkout's. */
  readonly binary?: string;
  /** A command that runs the one behind it, such as one that changes what the process sees of the machine. */
  readonly launcher?: readonly string[];
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "passage-test-"));
}

export async function startPassage(options: StartOptions = {}): Promise<Running> {
  const data = options.data ?? temporaryFolder();
  const start = [options.binary ?? passageBin, "start", "--port", String(options.port ?? 0), "--data", data];
  const [command = "", ...words] = [...(options.launcher ?? []), process.execPath, ...start];
  const child = spawn(command, [...words, ...(options.arguments ?? [])], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.environment },
  });
  const output: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream as Readable }).on("line", (line) => {
      output.push(line);
      for (const check of waiting) check();
    });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const line = (...texts: string[]) =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        const found = output.find((one) => texts.every((text) => one.includes(text)));
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
      ended.then(() =>
        reject(new Error(`The server ended before it wrote "${texts.join(" ")}":\n${output.join("\n")}`)),
      );
    });
  const announced = await line("Passage is running at");
  const url = announced.slice(announced.indexOf("http"));
  await line(options.arguments?.includes("--production") ? "Passage is running" : "est key");
  const testKey = output.join("\n").match(/psg_test_\w+/)?.[0] ?? null;
  return {
    url,
    port: Number(new URL(url).port),
    data,
    testKey,
    output,
    line: (text) => line(text),
    logged: async (event, ...texts) => JSON.parse(await line(`"event":"${event}"`, ...texts)),
    stop: () => terminate(child, ended),
    async kill() {
      const { workerdPid } = JSON.parse(readFileSync(join(data, "server.json"), "utf8"));
      child.kill("SIGKILL");
      process.kill(workerdPid, "SIGKILL");
      await ended;
    },
  };
}

async function terminate(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  child.kill("SIGTERM");
  return ended;
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
