import { organizationNameDefault, retentionDaysDefault } from "@passage/protocol/http/organization";
import type { Mode } from "@passage/protocol/ids";

export interface OrganizationIdentity {
  readonly tag: string;
  readonly mode: Mode;
  /** What users read on the claim page: "<name> asks …". */
  readonly name: string;
  /** Days after which a link that has ended is deleted. */
  readonly retentionDays: number;
}

/** What an operator sets; null keeps what it is. */
export interface Settings {
  readonly name: string | null;
  readonly retentionDays: number | null;
}

/** Who this organization is. Kept in a row because an alarm wakes the object without its name. */
export class Identity {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** A new organization is "Your app" until it gets a name. */
  set({ tag, mode }: { tag: string; mode: Mode }, { name, retentionDays }: Settings): void {
    const query = "INSERT OR IGNORE INTO identity (one, tag, mode, name, retention_days) VALUES (1, ?, ?, ?, ?)";
    this.#sql.exec(query, tag, mode, organizationNameDefault, retentionDaysDefault);
    if (name !== null) this.#sql.exec("UPDATE identity SET name = ?", name);
    if (retentionDays !== null) this.#sql.exec("UPDATE identity SET retention_days = ?", retentionDays);
  }

  /** @throws when nothing was ever made here: every id that reaches this object was minted after that. */
  get(): OrganizationIdentity {
    const found = this.find();
    if (!found) throw new Error("This organization does not exist.");
    return found;
  }

  find(): OrganizationIdentity | null {
    const [row] = this.#sql
      .exec<{ tag: string; mode: Mode; name: string; retention_days: number }>("SELECT * FROM identity")
      .toArray();
    return row ? { tag: row.tag, mode: row.mode, name: row.name, retentionDays: row.retention_days } : null;
  }
}
