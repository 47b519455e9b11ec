import { checkProvider, type Finding } from "@passage/providers/tools/check";
import type { ProviderPackage } from "../catalog/provider-package.ts";
import { printLine } from "../print.ts";
import { findAll, findOne, readRecordings } from "./find.ts";
import { checkSource } from "./source-check.ts";

/** `passage providers check`: what keeps the providers from working as they say. Exit status 1 where something does. */
export async function checkProviders(
  id: string | undefined,
  { dir, json }: { dir?: string; json?: boolean },
): Promise<number> {
  const rows: { provider: string; operations: number; recordings: number; findings: Finding[] }[] = [];
  for (const found of id === undefined ? await findAll(dir) : [await findOne(id, dir)])
    rows.push(await checkPackage(found));
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

/** All that must be right before a server offers a provider, of the catalog or of a package. */
export async function checkPackage(found: ProviderPackage) {
  const { provider } = found;
  const recordings = readRecordings(found);
  const findings = [...(await checkProvider(provider, recordings)), ...checkSource(found)];
  return { provider: provider.id, operations: provider.operations.length, recordings: recordings.length, findings };
}
