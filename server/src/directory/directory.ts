import { DurableObject } from "cloudflare:workers";
import type { AuditEntry } from "@passage/protocol/http/audit-log";
import type { DirectoryDoor, ListedOrganization } from "../doors.ts";
import type { Env } from "../env.ts";
import { migrate } from "../migrate.ts";
import { type Actor, AuditLog } from "../organization/audit-log.ts";
import { directoryMigrations } from "./migrations.ts";

type Row = { id: string; name: string; retention_days: number; link_shards: number; created_at: number };

/**
 * The names of the organizations, for the operator's list. Nothing else needs it: a request finds its organization by the
 * tag in its key.
 */
export class Directory extends DurableObject<Env> implements DirectoryDoor {
  readonly #sql: SqlStorage;
  readonly #audit: AuditLog;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    migrate(context.storage, "directory", directoryMigrations);
    this.#sql = context.storage.sql;
    this.#audit = new AuditLog(this.#sql);
  }

  note(
    { id, name, retentionDays, linkShards }: Omit<ListedOrganization, "createdAt">,
    actor: Actor,
  ): ListedOrganization {
    const now = Date.now();
    const known = this.#sql.exec<Row>("SELECT * FROM organizations WHERE id = ?", id).toArray()[0];
    this.#sql.exec(
      "INSERT OR REPLACE INTO organizations (id, name, retention_days, link_shards, created_at) VALUES (?, ?, ?, ?, ?)",
      id,
      name,
      retentionDays,
      linkShards,
      known?.created_at ?? now,
    );
    if (!known) this.#audit.add(actor, "organization.created", id, now);
    else if (known.name !== name || known.retention_days !== retentionDays || known.link_shards !== linkShards)
      this.#audit.add(actor, "organization.updated", id, now);
    return { id, name, retentionDays, linkShards, createdAt: known?.created_at ?? now };
  }

  has(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM organizations WHERE id = ?", id).toArray().length > 0;
  }

  remove(id: string, actor: Actor): void {
    const removed = this.#sql.exec("DELETE FROM organizations WHERE id = ? RETURNING id", id).toArray();
    if (removed.length > 0) this.#audit.add(actor, "organization.deleted", id, Date.now());
  }

  page(after: string, limit: number): ListedOrganization[] {
    return this.#sql
      .exec<Row>("SELECT * FROM organizations WHERE id > ? ORDER BY id LIMIT ?", after, limit)
      .toArray()
      .map((row) => ({
        id: row.id,
        name: row.name,
        retentionDays: row.retention_days,
        linkShards: row.link_shards,
        createdAt: row.created_at,
      }));
  }

  auditLog(before: number | null, limit: number): { position: number; entry: AuditEntry }[] {
    return this.#audit.page(before, limit);
  }
}
