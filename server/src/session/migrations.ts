import type { Migration } from "../migrate.ts";

/** The tables of a session, from the first release on. They are made nowhere else. */
export const sessionMigrations: readonly Migration[] = [
  // The releases up to 28 November 2026 kept no version. IF NOT EXISTS, because any of them may have made these tables.
  (sql) =>
    sql.exec(`
      CREATE TABLE IF NOT EXISTS session (
        one INTEGER PRIMARY KEY CHECK (one = 1), opening TEXT NOT NULL, created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL, state TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS jobs (name TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS journal (
        seq INTEGER PRIMARY KEY, request TEXT NOT NULL, answer TEXT, answered_at INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS relay_waiting (
        one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, issued TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS relay_undelivered (seq INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS telemetry (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, client_seq INTEGER NOT NULL, ts INTEGER NOT NULL,
        received_at INTEGER NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL,
        bytes INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS timeline (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, direction TEXT NOT NULL, message TEXT NOT NULL, ts INTEGER NOT NULL)`),
  // The head of the device's ledger, which came between 21 and 28 November.
  (sql) =>
    sql.exec(`CREATE TABLE IF NOT EXISTS ledger (
      one INTEGER PRIMARY KEY CHECK (one = 1), head TEXT NOT NULL, entries INTEGER NOT NULL)`),
  // The address that a new browser is sent to in a developer's session. A link's automation has its journal.
  (sql) => sql.exec("CREATE TABLE relay_address (one INTEGER PRIMARY KEY CHECK (one = 1), url TEXT NOT NULL)"),
];
