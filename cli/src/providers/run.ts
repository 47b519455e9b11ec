import { jsonLines, printLines } from "../print.ts";
import { type LocalRunOptions, localRun } from "./local-run.ts";

/** `passage providers run`: prints the validated result on standard output. Exit status 1 where the run failed. */
export async function runProvider(id: string, operation: string, options: LocalRunOptions): Promise<number> {
  const { outcome } = await localRun(id, operation, options);
  if ("error" in outcome.ended) return 1;
  printLines(jsonLines(outcome.ended.result));
  return 0;
}
