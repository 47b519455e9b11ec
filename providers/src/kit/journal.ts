import type { Journal, Recorded } from "../automation.ts";

/** One request of a run, as JSON, and what the device answered. */
export interface JournalEntry {
  readonly request: string;
  readonly answer: Recorded;
}

/** A journal in memory: what a local run writes, and what a replay reads. */
export class MemoryJournal implements Journal {
  readonly entries: JournalEntry[];

  constructor(entries: readonly JournalEntry[] = []) {
    this.entries = [...entries];
  }

  count(): number {
    return this.entries.length;
  }

  size(): number {
    return this.entries.reduce((sum, { answer }) => sum + JSON.stringify(answer).length, 0);
  }

  read(seq: number): JournalEntry | null {
    return this.entries[seq - 1] ?? null;
  }

  record(seq: number, request: string, answer: Recorded): number {
    this.entries[seq - 1] = { request, answer };
    return JSON.stringify(answer).length;
  }
}
