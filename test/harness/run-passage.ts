import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { passageBin } from "./passage-process.ts";

/** What a command of the CLI ended with. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Without what the machine happens to have set: a test says which server and which key. */
function launch(args: readonly string[], environment: Environment): ChildProcessWithoutNullStreams {
  const { PASSAGE_URL, PASSAGE_API_KEY, PASSAGE_DATA, ...inherited } = process.env;
  return spawn(process.execPath, [passageBin, ...args], { env: { ...inherited, ...environment } });
}

/** Runs a command of the CLI to its end. */
export async function runPassage(args: readonly string[], environment: Environment = {}): Promise<Ran> {
  const child = launch(args, environment);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (chunk) => {
      output[name] += chunk;
    });
  const [status] = await once(child, "close");
  return { status, stdout: output.stdout.trim(), stderr: output.stderr.trim() };
}

/** Starts a command that goes on until it is told to stop. */
export function launchPassage(args: readonly string[], environment: Environment = {}) {
  const child = launch(args, environment);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const check of waiting) check();
    });
  const ended = once(child, "close").then(([status]) => status as number | null);
  return {
    lines,
    /** Resolves with the first line, past or future, that the text is part of. */
    line: (text: string) =>
      new Promise<string>((resolve, reject) => {
        const check = () => {
          const found = lines.find((one) => one.includes(text));
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
        ended.then(() => reject(new Error(`It ended before it wrote "${text}":\n${lines.join("\n")}`)));
      }),
    ended,
    /** SIGINT, as Ctrl-C; answers the exit status. */
    stop: () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}
