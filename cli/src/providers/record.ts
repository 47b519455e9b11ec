import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeRecording } from "@passage/providers/tools/record";
import { formatRecording, recordingFile } from "@passage/providers/tools/recording";
import { noteLine, printLine, shortPath } from "../print.ts";
import { findOne } from "./find.ts";
import { type LocalRun, type LocalRunOptions, localRun } from "./local-run.ts";

export interface RecordOptions extends LocalRunOptions {
  readonly name: string;
  /** Further values that must not survive. */
  readonly scrub?: readonly string[];
  /** Keeps a run that failed, too. */
  readonly failure?: boolean;
  readonly force?: boolean;
}

/** `passage providers record`: runs the operation and keeps what happened, without personal data. */
export async function record(id: string, operationName: string, options: RecordOptions): Promise<number> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(options.name))
    throw new Error(`--name becomes part of a file name: words of a-z and 0-9 with dashes, not ${options.name}.`);
  const { folder } = await findOne(id, options.dir);
  const path = join(folder, "recordings", recordingFile(operationName, options.name));
  if (existsSync(path) && !options.force)
    throw new Error(`${path} exists already. --force replaces it, --name <name> makes another.`);
  const run = await localRun(id, operationName, options);
  if ("error" in run.outcome.ended && !options.failure) {
    noteLine("Nothing was kept: the run failed. --failure keeps it all the same, as the recording of that failure.");
    return 1;
  }
  const made = await makeRecording({ ...toRan(run), known: options.scrub ?? [] });
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, formatRecording(made));
  const counts = Object.entries(made.scrubbed).map(([kind, count]) => `${kind} ${count}`);
  printLine(`kept ${shortPath(path)}: ${made.journal.length} requests; replaced: ${counts.join(", ") || "nothing"}`);
  printLine("Read it before you commit it: a name in running text cannot be told from any other word.");
  return 0;
}

function toRan({ found, operation, site, outcome, arguments: args }: LocalRun): Parameters<typeof makeRecording>[0] {
  const { provider } = found;
  const origins = [...new Set([new URL(provider.site).origin, ...operation.manifest.origins])];
  const twins = new Map(origins.map((origin) => [origin, site.siteUrl(origin)]));
  return { provider, operation, site: site.kind, arguments: args, ...outcome, twins };
}
