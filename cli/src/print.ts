import { relative } from "node:path";

/** Aligned columns, a heading first; one row a line. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Local time to the second. */
export function when(epochMs: number | null): string {
  return epochMs === null ? "-" : new Date(epochMs).toLocaleString("sv-SE");
}

/** For people, or with `--json` the whole answer for programs. */
export function print(options: { readonly json?: boolean }, value: unknown, words: string): void {
  console.log(options.json ? JSON.stringify(value) : words);
}

/** A path as people type it: from here, or whole where it lies elsewhere. */
export function shortPath(path: string): string {
  const fromHere = relative(".", path);
  return fromHere.startsWith("..") ? path : fromHere;
}
