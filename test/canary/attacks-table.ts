import { attacks } from "./attacks/all.ts";

/** The table of `docs/privacy-attacks.md`: each way that the tests try, and what stops it. */
export function attacksTable(): string {
  return Object.entries(attacks)
    .map(([moment, ways]) => {
      const rows = ways.map(({ way, stop }) => `| ${cell(way)} | ${cell(stop)} |`);
      return `### ${moment}\n\n| The way | What stops it |\n|---|---|\n${rows.join("\n")}\n`;
    })
    .join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
