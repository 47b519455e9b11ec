import { readFileSync } from "node:fs";
import { printLines } from "./print.ts";
import { artefacts, requireBuilt } from "./runtime/artefacts.ts";

/** `sandbox/dist/scenarios.json`. */
interface SandboxTable {
  password: string;
  cards: { number: string; meaning: string }[];
  groups: {
    sites: { provider: string; name: string; start: string }[];
    code: string;
    users: { name: string; aliases?: string[]; scenario: string; outcome: string }[];
  }[];
}

/** Prints whom to sign in as on the sandbox's sites, what happens then, and how a link that reads the account ends. */
export async function printUsers({ json }: { json?: boolean }): Promise<number> {
  const text = readFileSync(requireBuilt(artefacts.sandboxTable), "utf8");
  printLines((json ? text.trimEnd() : toText(JSON.parse(text))).split("\n"));
  return 0;
}

function toText({ password, cards, groups }: SandboxTable): string {
  const users = groups.map(({ sites, code, users }) =>
    [
      `${sites.map(({ name, provider }) => `${name} (${provider})`).join(", ")}: password ${password}, code ${code}`,
      ...inColumns(users.map(({ name, outcome, scenario }) => [name, outcome, scenario])),
      ...users.flatMap(({ name, aliases = [] }) => aliases.map((alias) => `  ${alias} is ${name}`)),
    ].join("\n"),
  );
  const numbers = ["Card numbers", ...inColumns(cards.map(({ number, meaning }) => [number, meaning]))].join("\n");
  return [...users, numbers].join("\n\n");
}

function inColumns(rows: readonly string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}
