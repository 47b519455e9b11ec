/** API keys, as hashes only. */
export class Keys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS keys (
      hash TEXT PRIMARY KEY, created_at INTEGER NOT NULL, revoked_at INTEGER) WITHOUT ROWID`);
  }

  add(hash: string, now: number): void {
    this.#sql.exec("INSERT INTO keys (hash, created_at) VALUES (?, ?)", hash, now);
  }

  isValid(hash: string): boolean {
    return this.#sql.exec("SELECT 1 FROM keys WHERE hash = ? AND revoked_at IS NULL", hash).toArray().length > 0;
  }

  count(): number {
    return this.#sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM keys WHERE revoked_at IS NULL").one().n;
  }
}
