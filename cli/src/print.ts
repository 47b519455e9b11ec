import { relative } from "node:path";
import { inspect } from "node:util";

/**
 * The one door to the terminal: `scripts/check-imports.ts` refuses any other. Names, messages, page text and server answers come
 * from outside, and a terminal obeys the control characters in them.
 */

/** C0, DEL, C1, line and paragraph separators, bidirectional controls and interlinear annotations. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]/g;
const shortEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * The text with each control character as an escape, such as `\u001b`: visible to people, and the same value where the text is
 * JSON.
 */
export function escapeControls(text: string): string {
  return text.replace(
    controls,
    (control) => shortEscapes[control] ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Prints one line on standard output. A line break inside the text is shown as `\n`. */
export function printLine(text: string): void {
  console.log(escapeControls(text));
}

export function printLines(lines: readonly string[]): void {
  for (const line of lines) printLine(line);
}

/** Prints one line on standard error, where what is not the result of a command goes. */
export function noteLine(text: string): void {
  console.error(escapeControls(text));
}

/** Prints an error's message on standard error, further lines indented: none can pass for a line of the command's own. */
export function noteError(words: string): void {
  const [first = "", ...rest] = words.split(/\r?\n/);
  noteLine(first);
  for (const line of rest) noteLine(`  ${line}`);
}

/** Prints everything about an error, for whoever debugs the command itself. */
export function noteDetails(error: unknown): void {
  for (const line of inspect(error).split("\n")) noteLine(line);
}

/** For people one line or several, or with `--json` the whole answer for programs, on one line. */
export function print(options: { readonly json?: boolean }, value: unknown, words: string | readonly string[]): void {
  if (options.json) printLine(JSON.stringify(value));
  else printLines(typeof words === "string" ? [words] : words);
}

/** A value as indented JSON, in lines. */
export function jsonLines(value: unknown): string[] {
  return (JSON.stringify(value, null, 2) ?? "null").split("\n");
}

/** Aligned columns, a heading first; one row per line. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [heading, ...rows.map((row) => row.map(escapeControls))];
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** Local time to the second. */
export function when(epochMs: number | null): string {
  return epochMs === null ? "-" : new Date(epochMs).toLocaleString("sv-SE");
}

/** A path as people type it: from here, or whole where it lies elsewhere. */
export function shortPath(path: string): string {
  const fromHere = relative(".", path);
  return fromHere.startsWith("..") ? path : fromHere;
}
