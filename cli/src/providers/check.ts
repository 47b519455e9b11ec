import { checkProvider, type Finding } from "@passage/providers/kit/check";
import { printLine } from "../print.ts";
import { type Found, findAll, findOne, readRecordings } from "./find.ts";
import { checkSource } from "./source-check.ts";

/** `passage providers check`: what keeps the providers from working as they say. Exit status 1 where something does. */
export async function checkProviders(
  id: string | undefined,
  { dir, json }: { dir?: string; json?: boolean },
): Promise<number> {
  const rows: { provider: string; operations: number; recordings: number; findings: Finding[] }[] = [];
  for (const found of id === undefined ? await findAll(dir) : [await findOne(id, dir)]) rows.push(await check(found));
  if (json) printLine(JSON.stringify(rows));
  else
    for (const { provider, operations, recordings, findings } of rows) {
      printLine(
        `${findings.length === 0 ? "ok    " : "FAILED"} ${provider.padEnd(14)} ${operations} operations, ${recordings} recordings`,
      );
      for (const { place, message } of findings) printLine(`  ${place}: ${message}`);
    }
  return rows.every(({ findings }) => findings.length === 0) ? 0 : 1;
}

async function check(found: Found) {
  const { provider, folder } = found;
  const recordings = readRecordings(found);
  const findings = [...(await checkProvider(provider, recordings)), ...checkSource(folder)];
  return { provider: provider.id, operations: provider.operations.length, recordings: recordings.length, findings };
}
