import { jsonLines, printLine, printLines } from "../print.ts";

const labelWidth = 36;

/** What the demo tells, with the seconds since it began. */
export class Printer {
  readonly #startedAt = performance.now();

  title(text: string): void {
    printLines(["", text]);
  }

  line(text: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(2).padStart(6);
    printLine(`${seconds} s  ${text}`);
  }

  command(id: string, command: string, ms: number, error?: string): void {
    const label = command.length > labelWidth ? `${command.slice(0, labelWidth - 2)} …` : command.padEnd(labelWidth);
    this.line(`${id.padStart(2)} ${label} ${String(Math.round(ms)).padStart(6)} ms${error ? `  ${error}` : ""}`);
  }

  json(value: unknown): void {
    printLines(jsonLines(value).map((line) => `          ${line}`));
  }
}
