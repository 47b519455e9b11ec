import type { Key } from "@passage/protocol/http/key";
import type { Mode } from "@passage/protocol/ids";
import type { Grant } from "@passage/protocol/scopes";

/** A key to be kept: its hash, and what lists may show of it. */
export interface NewKey {
  readonly id: string;
  readonly hash: string;
  readonly name: string | null;
  readonly scopes: readonly Grant[];
  readonly hint: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

type Row = {
  position: number;
  id: string;
  name: string | null;
  scopes: string;
  hint: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
  replaced_by: string | null;
};

/** How exactly `lastUsedAt` is known: a key in constant use costs one write in this time. */
const lastUsedPrecisionMs = 60_000;
const columns =
  "position, id, name, scopes, hint, created_at, expires_at, revoked_at, last_used_at, replaced_by FROM keys";

/** API keys, as hashes only. */
export class KeyTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(key: NewKey): void {
    this.#sql.exec(
      "INSERT INTO keys (id, hash, name, scopes, hint, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      key.id,
      key.hash,
      key.name,
      JSON.stringify(key.scopes),
      key.hint,
      key.createdAt,
      key.expiresAt,
    );
  }

  /** The key in use with this hash, or null; notes that it was used. */
  use(hash: string, now: number): { id: string; scopes: Grant[]; expiresAt: number | null } | null {
    const [row] = this.#sql.exec<Row>(`SELECT ${columns} WHERE hash = ?`, hash).toArray();
    if (!row || !isActive(row, now)) return null;
    if (now - (row.last_used_at ?? 0) >= lastUsedPrecisionMs)
      this.#sql.exec("UPDATE keys SET last_used_at = ? WHERE position = ?", now, row.position);
    return { id: row.id, scopes: JSON.parse(row.scopes), expiresAt: row.expires_at };
  }

  /** From here on no key of this organization is known. */
  forgetAll(): void {
    this.#sql.exec("DELETE FROM keys");
  }

  byId(id: string, mode: Mode): Key | null {
    const [row] = this.#sql.exec<Row>(`SELECT ${columns} WHERE id = ?`, id).toArray();
    return row ? toKey(row, mode) : null;
  }

  /** Newest first. */
  page(before: number | null, limit: number, mode: Mode): { position: number; key: Key }[] {
    const query = `SELECT ${columns} WHERE position < ? ORDER BY position DESC LIMIT ?`;
    return this.#sql
      .exec<Row>(query, before ?? Number.MAX_SAFE_INTEGER, limit)
      .toArray()
      .map((row) => ({ position: row.position, key: toKey(row, mode) }));
  }

  /** The end of a key that has a successor; an earlier end of its own stays. */
  replace(id: string, successor: string, endsAt: number): void {
    const query = "UPDATE keys SET replaced_by = ?, expires_at = MIN(COALESCE(expires_at, ?), ?) WHERE id = ?";
    this.#sql.exec(query, successor, endsAt, endsAt, id);
  }

  revoke(id: string, now: number): void {
    this.#sql.exec("UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now, id);
  }

  countActive(now: number): number {
    const query = "SELECT COUNT(*) AS n FROM keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)";
    return this.#sql.exec<{ n: number }>(query, now).one().n;
  }
}

/** Whether a key works at this moment. */
export function isActiveKey(key: Pick<Key, "expiresAt" | "revokedAt">, now: number): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

function isActive(row: Row, now: number): boolean {
  return isActiveKey({ revokedAt: row.revoked_at, expiresAt: row.expires_at }, now);
}

function toKey(row: Row, mode: Mode): Key {
  return {
    id: row.id,
    name: row.name,
    mode,
    scopes: JSON.parse(row.scopes),
    hint: row.hint,
    lastUsedAt: row.last_used_at,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    replacedBy: row.replaced_by,
  };
}
