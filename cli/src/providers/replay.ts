import { type Divergence, replay } from "@passage/providers/tools/replay";
import { noteLine, printLine, printLines } from "../print.ts";
import { findAll, findOne, findOperation, readRecordings } from "./find.ts";
import { thrownLines } from "./live-log.ts";

interface Row {
  readonly provider: string;
  readonly recording: string;
  readonly ms: number;
  readonly divergence: Divergence | null;
  /** What the run threw and where, for people. */
  readonly thrown: readonly string[];
}

/** `passage providers replay`: every recording, offline. Exit status 1 where one diverges, or where there is none. */
export async function replayProviders(
  id: string | undefined,
  { dir, json }: { dir?: string; json?: boolean },
): Promise<number> {
  const rows: Row[] = [];
  for (const found of id === undefined ? await findAll(dir) : [await findOne(id, dir)])
    for (const { file, recording } of readRecordings(found)) {
      const startedAt = performance.now();
      let thrown: string[] = [];
      const divergence = await replay(findOperation(found, recording.operation), recording, (error) => {
        thrown = thrownLines(error, found.folder);
      });
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      rows.push({ provider: found.provider.id, recording: file, ms, divergence, thrown });
    }
  if (json) printLine(JSON.stringify(rows));
  else for (const row of rows) printLines(linesOf(row));
  if (rows.length === 0) noteLine('There is no recording yet. "passage providers record" makes one.');
  return rows.length > 0 && rows.every(({ divergence }) => divergence === null) ? 0 : 1;
}

function linesOf({ provider, recording, ms, divergence, thrown }: Row): string[] {
  const head = `${divergence ? "DIVERGED" : "ok      "} ${provider.padEnd(14)} ${recording}  ${ms} ms`;
  if (!divergence) return [head];
  const { message, expected, seen } = divergence;
  return [head, `  ${message}`, `  recorded: ${short(expected)}`, `  now:      ${short(seen)}`, ...thrown];
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 400 ? `${text.slice(0, 400)} …` : text;
}
