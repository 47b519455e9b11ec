import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { passageBin } from "./passage-process.ts";
import { outputOf } from "./process-output.ts";

/** What a command of the CLI ended with. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Without what the machine happens to have set: a test says which server and which key. */
function launch(
  args: readonly string[],
  environment: Environment,
  binary = passageBin,
): ChildProcessWithoutNullStreams {
  const { PASSAGE_URL, PASSAGE_API_KEY, PASSAGE_DATA, ...inherited } = process.env;
  return spawn(process.execPath, [binary, ...args], { env: { ...inherited, ...environment } });
}

/** Runs a command of the CLI to its end. */
export async function runPassage(
  args: readonly string[],
  environment: Environment = {},
  binary = passageBin,
): Promise<Ran> {
  const child = launch(args, environment, binary);
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
  const output = outputOf(launch(args, environment));
  return { ...output, /** As Ctrl-C; returns the exit status. */ stop: () => output.stop("SIGINT") };
}
