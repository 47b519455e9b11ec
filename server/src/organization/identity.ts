import type { Mode } from "@passage/protocol/ids";

export interface OrganizationIdentity {
  readonly tag: string;
  readonly mode: Mode;
  /** What users read on the claim page: "<name> asks …". */
  readonly name: string;
}

/** Who this organization is. Kept in a row because an alarm wakes the object without its name. */
export class Identity {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS identity (
      one INTEGER PRIMARY KEY CHECK (one = 1), tag TEXT NOT NULL, mode TEXT NOT NULL, name TEXT NOT NULL)`);
  }

  /** @param name null keeps the one it has; a new organization is "Your app" until it gets one. */
  set({ tag, mode, name }: Omit<OrganizationIdentity, "name"> & { name: string | null }): void {
    this.#sql.exec("INSERT OR IGNORE INTO identity (one, tag, mode, name) VALUES (1, ?, ?, 'Your app')", tag, mode);
    if (name !== null) this.#sql.exec("UPDATE identity SET name = ?", name);
  }

  /** @throws when no key was ever made here: every id that reaches this object was minted after that. */
  get(): OrganizationIdentity {
    const row = this.#sql.exec<{ tag: string; mode: Mode; name: string }>("SELECT tag, mode, name FROM identity").one();
    return { tag: row.tag, mode: row.mode, name: row.name };
  }
}
