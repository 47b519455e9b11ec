import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { ledgerFault } from "@passage/device/egress/ledger";
import type { LedgerFile, LedgerKind } from "@passage/protocol/ledger";
import { printLine } from "./print.ts";

const shownLines = 12;
const shown: readonly (readonly [LedgerKind, string])[] = [
  ["content", "content of the page"],
  ["place", "where the page was"],
  ["event", "where the page was, unasked"],
  ["boolean", "yes or no"],
  ["error", "what failed"],
  ["done", "that something was done"],
  ["hello", "about the device"],
];

/** The ledger as a person reads it at the end: what was sent, by kind, each line once with how often. */
export function ledgerLines({ entries, head }: LedgerFile): string[] {
  const lines = [`What left this device: ${entries.length} messages (chain head ${head.slice(0, 16)}…)`];
  for (const [kind, title] of shown) {
    const texts = Map.groupBy(
      entries.filter((entry) => entry.kind === kind),
      ({ text }) => text,
    );
    if (texts.size > 0) lines.push(`  ${title}:`);
    for (const [text, same] of [...texts].slice(0, shownLines))
      lines.push(`    ${text}${same.length > 1 ? ` (${same.length} times)` : ""}`);
    if (texts.size > shownLines) lines.push(`    and ${texts.size - shownLines} more: passage open --ledger <file>`);
  }
  return lines;
}

/** @throws before anything is sent, where the list could not be saved afterwards. */
export function requireWritable(file: string): void {
  try {
    closeSync(openSync(file, "a", 0o600));
  } catch (cause) {
    throw new Error(`--ledger: ${file} cannot be written (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
}

export function saveLedger(file: string, ledger: LedgerFile): void {
  writeFileSync(file, `${JSON.stringify(ledger, null, 1)}\n`, { mode: 0o600 });
}

/** `passage ledger verify`: whether the file's chain is whole. Exit status 0 when it is. */
export async function verifyLedger(file: string): Promise<number> {
  const ledger = JSON.parse(readFileSync(file, "utf8")) as LedgerFile;
  const fault = ledgerFault(ledger);
  if (fault) throw new Error(`${file}: ${fault}`);
  for (const line of ledgerLines(ledger)) printLine(line);
  printLine(`The chain is whole. Its head is what the link must show: ${ledger.head}`);
  return 0;
}
