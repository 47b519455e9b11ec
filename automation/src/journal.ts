import type { ErrorValue } from "@passage/protocol/errors";

/** What the device answered: a result, or an error that the automation may catch. */
export type Recorded = { readonly result: unknown } | { readonly error: ErrorValue };

/** One request of a run, as JSON, and what the device answered. */
export interface JournalEntry {
  readonly request: string;
  readonly answer: Recorded;
}

/**
 * The answers an automation was given, by its requests' numbers, from 1. A run after a restart gets them again instead of
 * asking the device; so the request is kept beside each answer, and a run that asks for something else has diverged.
 */
export interface Journal {
  count(): number;
  /** How many characters its answers have. */
  size(): number;
  read(seq: number): JournalEntry | null;
  /** `now`: epoch ms. Returns how many characters the answer has. */
  record(seq: number, request: string, answer: Recorded, now: number): number;
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
