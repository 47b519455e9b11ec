import type { Identity } from "../identity.ts";

type Rows = Record<string, string | number | null>[];

/**
 * What every shard of an organization needs of its head: where events go and what signs them, what devices make codes for
 * accounts with, how long links are kept. Rows as they are: what is secret in them is encrypted under the server's own secret.
 */
export interface SharedSettings {
  /** A shard keeps the newest version that it was given. */
  readonly version: number;
  readonly name: string;
  readonly retentionDays: number;
  readonly rows: { readonly [Table in SharedTable]: Rows };
}

const sharedTables = ["webhook_endpoints", "webhook_secrets", "webhook_keys", "account_salt"] as const;
type SharedTable = (typeof sharedTables)[number];

/** The settings that a head shares with its shards: read in the head, written in a shard. */
export class SettingsReplica {
  readonly #sql: SqlStorage;
  readonly #identity: Identity;

  constructor(sql: SqlStorage, identity: Identity) {
    this.#sql = sql;
    this.#identity = identity;
  }

  read(version: number): SharedSettings {
    const { name, retentionDays } = this.#identity.get();
    const rows = Object.fromEntries(
      sharedTables.map((table) => [table, this.#sql.exec(`SELECT * FROM ${table}`).toArray()]),
    );
    return { version, name, retentionDays, rows: rows as SharedSettings["rows"] };
  }

  /**
   * Takes what the head gave, unless it is older than what is here. Returns the ids of endpoints whose deliveries end: those that
   * are deleted or disabled, or were so in between.
   */
  write({ name, retentionDays, rows, version }: SharedSettings): string[] {
    if (version <= this.#identity.get().settingsVersion) return [];
    const before = this.#endpoints();
    for (const table of sharedTables) {
      this.#sql.exec(`DELETE FROM ${table}`);
      for (const row of rows[table])
        this.#insert(table, "failing_since" in row ? { ...row, failing_since: null } : row);
    }
    const after = this.#endpoints();
    // One that was enabled again starts anew, whether this shard has heard that it was disabled or not.
    const isTheSame = (id: string) => after.get(id)?.enabled_at === before.get(id)?.enabled_at;
    // How an endpoint fares is known where its deliveries are.
    for (const [id, { failing_since }] of before)
      if (isTheSame(id))
        this.#sql.exec("UPDATE webhook_endpoints SET failing_since = ? WHERE id = ?", failing_since, id);
    this.#identity.note({ name, retentionDays, settingsVersion: version });
    const isEnabled = (id: string) => after.get(id)?.disabled_reason === null;
    return [...before.keys()].filter((id) => !isEnabled(id) || !isTheSame(id));
  }

  #insert(table: SharedTable, row: Rows[number]): void {
    const columns = Object.keys(row);
    const query = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
    this.#sql.exec(query, ...Object.values(row));
  }

  #endpoints(): Map<string, EndpointRow> {
    const query = "SELECT id, failing_since, disabled_reason, enabled_at FROM webhook_endpoints";
    return new Map(
      this.#sql
        .exec<EndpointRow & { id: string }>(query)
        .toArray()
        .map(({ id, ...row }) => [id, row]),
    );
  }
}

type EndpointRow = { failing_since: number | null; disabled_reason: string | null; enabled_at: number | null };
