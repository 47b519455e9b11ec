import type { Baseline, MigratedSql, Migration } from "../migrate.ts";

const journal = `CREATE TABLE journal (
  seq INTEGER PRIMARY KEY, request TEXT NOT NULL, answer TEXT, answered_at INTEGER NOT NULL, ledger TEXT)`;

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
  // Fewer rows: jobs, ledger and what the relay waits for are columns, a batch of the timeline is a row, and no table has
  // AUTOINCREMENT, which writes a second row at each insertion.
  (sql) => {
    const kept = ["session", "journal", "telemetry", "timeline"];
    for (const table of kept) sql.exec(`ALTER TABLE ${table} RENAME TO old_${table}`);
    makeTables(sql);
    sql.exec(`
      INSERT INTO session SELECT one, opening, created_at, expires_at, state,
        (SELECT json_group_object(name, due_at) FROM jobs),
        (SELECT json_object('head', head, 'entries', entries) FROM ledger),
        (SELECT json_object('id', id, 'issued', json(issued)) FROM relay_waiting),
        (SELECT url FROM relay_address) FROM old_session;
      INSERT INTO journal SELECT seq, request, answer, answered_at, NULL FROM old_journal;
      INSERT INTO telemetry SELECT seq, client_seq, ts, received_at, source, type, payload, bytes, NULL FROM old_telemetry;
      INSERT INTO timeline SELECT seq, json_array(json_object('direction', direction, 'message', message, 'ts', ts)),
        length(message) FROM old_timeline;
      INSERT INTO journal SELECT seq, '', message, 0, NULL FROM relay_undelivered`);
    for (const table of [
      ...kept.map((one) => `old_${one}`),
      "jobs",
      "ledger",
      "relay_waiting",
      "relay_address",
      "relay_undelivered",
    ])
      sql.exec(`DROP TABLE ${table}`);
  },
];

/** A new session has its tables at once: each statement that makes one is two rows written. */
export const sessionBaseline: Baseline = { version: 4, make: makeTables };

function makeTables(sql: MigratedSql): void {
  sql.exec(`
    CREATE TABLE session (
      one INTEGER PRIMARY KEY CHECK (one = 1), opening TEXT NOT NULL, created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL, state TEXT NOT NULL, jobs TEXT NOT NULL, ledger TEXT, waiting TEXT, address TEXT);
    ${journal};
    CREATE TABLE telemetry (
      seq INTEGER PRIMARY KEY, client_seq INTEGER NOT NULL, ts INTEGER NOT NULL, received_at INTEGER NOT NULL,
      source TEXT NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL, bytes INTEGER NOT NULL, ledger TEXT);
    CREATE TABLE timeline (seq INTEGER PRIMARY KEY, entries TEXT NOT NULL, size INTEGER NOT NULL)`);
}

/** Deletes all rows. A table that is dropped and made anew is two rows written, however many it had. */
export function emptyJournal(sql: { exec(query: string): unknown }): void {
  sql.exec(`DROP TABLE journal; ${journal}`);
}
