import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { sandboxTable } from "./src/scenarios.ts";

/** Writes the table of scenario users as JSON, for those who take the sandbox as an artefact. */
export async function buildScenarioTable(outfile: string): Promise<void> {
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, `${JSON.stringify(sandboxTable, null, 2)}\n`);
}
