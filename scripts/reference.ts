import { readFileSync, writeFileSync } from "node:fs";

/** Writes a generated file; with --check, fails where the one that is there has drifted from `source`. */
export function writeReference(path: string, text: string, source: string): void {
  if (!process.argv.includes("--check")) return writeFileSync(path, text);
  if (readFileSync(path, "utf8") === text) return;
  console.error(`${path} is not what ${source} says. Run "npm run schema" and commit it.`);
  process.exit(1);
}
