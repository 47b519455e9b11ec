/**
 * What devices make this organization's codes for accounts with (`accountId`). It never changes, as all codes would with it, and no
 * other organization has the same, so that two of them cannot compare theirs.
 */
export class AccountSalt {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** 64 hex digits, made when they are first asked for. */
  get(): string {
    const [row] = this.#sql.exec<{ salt: string }>("SELECT salt FROM account_salt").toArray();
    if (row) return row.salt;
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    const salt = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.#sql.exec("INSERT INTO account_salt (one, salt) VALUES (1, ?)", salt);
    return salt;
  }
}
