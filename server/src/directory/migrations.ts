import type { Migration } from "../migrate.ts";

/** The tables of the directory, from the first release on. They are made nowhere else. */
export const directoryMigrations: readonly Migration[] = [
  (sql) =>
    sql.exec(`
      CREATE TABLE IF NOT EXISTS audit_log (
        position INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
        target TEXT NOT NULL, request_id TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS organizations (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, retention_days INTEGER NOT NULL, created_at INTEGER NOT NULL)
        WITHOUT ROWID`),
  (sql) => sql.exec("ALTER TABLE organizations ADD COLUMN link_shards INTEGER NOT NULL DEFAULT 1"),
];
