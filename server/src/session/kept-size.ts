export interface KeptRows {
  readonly table: "telemetry" | "timeline";
  /** SQL of one row's size, in characters. */
  readonly size: string;
  /** SQL of which rows are meant; all by default. */
  readonly where?: string;
  /** So much of the limit is made free beyond what is needed, where rows are many and small: those to come find room. */
  readonly slack?: number;
}

/**
 * Keeps the newest rows of a table within so many characters, whatever a device sends. Only when what was added may have
 * passed that is the table looked at.
 */
export class KeptSize {
  readonly #sql: SqlStorage;
  readonly #from: string;
  readonly #rows: KeptRows;
  readonly #limit: number;
  /** What the rows have at most; null while nobody has looked. */
  #atMost: number | null = null;

  constructor(sql: SqlStorage, rows: KeptRows, limit: number) {
    this.#sql = sql;
    this.#rows = rows;
    this.#from = `${rows.table}${rows.where ? ` WHERE ${rows.where}` : ""}`;
    this.#limit = limit;
  }

  /** Rows of so many characters were added: the oldest make room. */
  added(characters: number): void {
    this.#atMost = this.#atMost === null ? this.#sum() : this.#atMost + characters;
    if (this.#atMost <= this.#limit) return;
    this.#atMost = this.#sum();
    if (this.#atMost <= this.#limit) return;
    const { table, size, slack = 0 } = this.#rows;
    const newest = `SELECT seq, SUM(${size}) OVER (ORDER BY seq DESC) AS sum FROM ${this.#from}`;
    this.#sql.exec(
      `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM (${newest}) WHERE sum > ?)`,
      this.#limit * (1 - slack),
    );
    this.#atMost = this.#sum();
  }

  #sum(): number {
    const query = `SELECT SUM(${this.#rows.size}) AS sum FROM ${this.#from}`;
    return this.#sql.exec<{ sum: number | null }>(query).one().sum ?? 0;
  }
}
