import type { Journal as AutomationJournal, Recorded } from "@passage/automation/journal";
import type { LedgerHead } from "@passage/protocol/ledger";
import { emptyJournal } from "./migrations.ts";
import { type IsPlace, type LastAsked, openingIn } from "./new-browser.ts";

/** The journal of a session's run, in its object's own database. */
export class Journal implements AutomationJournal {
  readonly #sql: SqlStorage;

  readonly #ledger: () => LedgerHead | null;

  /** @param ledger where the device's ledger stands, kept with each answer. */
  constructor(sql: SqlStorage, ledger: () => LedgerHead | null) {
    this.#sql = sql;
    this.#ledger = ledger;
  }

  read(seq: number): { request: string; answer: Recorded } | null {
    const [row] = this.#sql
      .exec<{ request: string; answer: string }>("SELECT request, answer FROM journal WHERE seq = ?", seq)
      .toArray();
    return row ? { request: row.request, answer: JSON.parse(row.answer) } : null;
  }

  record(seq: number, request: string, answer: Recorded, now: number): number {
    const query = "INSERT INTO journal (seq, request, answer, answered_at, ledger) VALUES (?, ?, ?, ?, ?)";
    const text = JSON.stringify(answer);
    const ledger = this.#ledger();
    this.#sql.exec(query, seq, request, text, now, ledger && JSON.stringify(ledger));
    return text.length;
  }

  count(): number {
    return this.#sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM journal").one().n;
  }

  /** The operation that the run last began, and what it last sent the page to since. */
  lastAsked(isPlace: IsPlace): LastAsked {
    const query = `SELECT request FROM journal
      WHERE request LIKE '%"navigate"%' OR request LIKE '%"step"%' OR request LIKE '{"command":"begin"%' ORDER BY seq DESC`;
    let open: LastAsked["open"] = null;
    for (const { request } of this.#sql.exec<{ request: string }>(query)) {
      const issued = JSON.parse(request);
      if (issued.command === "begin") return { open, begin: issued };
      open ??= openingIn(issued, isPlace);
    }
    return { open, begin: null };
  }

  size(): number {
    return this.#sql.exec<{ sum: number | null }>("SELECT SUM(LENGTH(answer)) AS sum FROM journal").one().sum ?? 0;
  }

  /** Drops what was asked and answered, once the outcome is safe elsewhere; that it happened, and when, the timeline has. */
  forget(): void {
    emptyJournal(this.#sql);
  }
}
