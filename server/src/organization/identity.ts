import { organizationNameDefault, retentionDaysDefault } from "@passage/protocol/http/organization";
import type { Mode } from "@passage/protocol/ids";
import { erased } from "./erased.ts";

/** Which object this is: its own tag, and the head whose shard it is. A head is its own shard 0. */
export interface OrganizationAddress {
  readonly tag: string;
  readonly mode: Mode;
  /** The tag of the head. */
  readonly head: string;
  readonly shard: number;
}

export interface OrganizationIdentity extends OrganizationAddress {
  /** What users read on the claim page: "<name> asks …". */
  readonly name: string;
  /** Days after which a link that has ended is deleted. */
  readonly retentionDays: number;
  /** Of a shard: the version of the settings that its head gave it last. */
  readonly settingsVersion: number;
}

/** What an operator sets; null keeps what it is. */
export interface Settings {
  readonly name: string | null;
  readonly retentionDays: number | null;
  /** 1 to 64; it can be raised only. */
  readonly linkShards: number | null;
}

type Row = {
  tag: string;
  mode: Mode;
  name: string;
  retention_days: number;
  head: string | null;
  shard: number;
  settings_version: number;
};

/** Who this organization is. Kept in a row because an alarm wakes the object without its name. */
export class Identity {
  readonly #sql: SqlStorage;
  #known: OrganizationIdentity | null = null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Writes down which object this is, once. A new organization is "Your app" until it gets a name. */
  begin({ tag, mode, head, shard }: OrganizationAddress): void {
    this.#known = null;
    this.#sql.exec(
      `INSERT OR IGNORE INTO identity (one, tag, mode, name, retention_days, head, shard) VALUES (1, ?, ?, ?, ?, ?, ?)`,
      tag,
      mode,
      organizationNameDefault,
      retentionDaysDefault,
      shard === 0 ? null : head,
      shard,
    );
  }

  /** Sets what is given. */
  note({
    name,
    retentionDays,
    settingsVersion,
  }: Partial<Pick<OrganizationIdentity, "settingsVersion">> & Partial<Pick<Settings, "name" | "retentionDays">>): void {
    this.#known = null;
    this.#sql.exec(
      `UPDATE identity SET name = COALESCE(?, name), retention_days = COALESCE(?, retention_days),
        settings_version = COALESCE(?, settings_version)`,
      name ?? null,
      retentionDays ?? null,
      settingsVersion ?? null,
    );
  }

  /** @throws `erased` when there is nothing here (any more): every id that reaches this object was minted after it was made. */
  get(): OrganizationIdentity {
    const found = this.find();
    if (!found) throw new Error(erased);
    return found;
  }

  find(): OrganizationIdentity | null {
    this.#known ??= this.#read();
    return this.#known;
  }

  #read(): OrganizationIdentity | null {
    const [row] = this.#sql.exec<Row>("SELECT * FROM identity").toArray();
    if (!row) return null;
    const { tag, mode, name, shard } = row;
    const address = { tag, mode, shard, head: row.head ?? tag };
    return { ...address, name, retentionDays: row.retention_days, settingsVersion: row.settings_version };
  }
}
