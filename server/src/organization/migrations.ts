import { addColumn, type Migration } from "../migrate.ts";

/** The tables of an organization, from the first release on. They are made nowhere else. */
export const organizationMigrations: readonly Migration[] = [
  // The releases up to 28 November 2026 kept no version. IF NOT EXISTS, because any of them may have made these tables.
  (sql) =>
    sql.exec(`
      CREATE TABLE IF NOT EXISTS identity (
        one INTEGER PRIMARY KEY CHECK (one = 1), tag TEXT NOT NULL, mode TEXT NOT NULL, name TEXT NOT NULL,
        retention_days INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS data_key (one INTEGER PRIMARY KEY CHECK (one = 1), wrapped TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS idempotency (
        key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, answer TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS idempotency_age ON idempotency (created_at);
      CREATE TABLE IF NOT EXISTS audit_log (
        position INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
        target TEXT NOT NULL, request_id TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS keys (
        position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL UNIQUE, name TEXT,
        scopes TEXT NOT NULL, hint TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, revoked_at INTEGER,
        last_used_at INTEGER, replaced_by TEXT);
      CREATE TABLE IF NOT EXISTS links (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, claim_hash TEXT NOT NULL UNIQUE,
        integration_id TEXT NOT NULL, operations TEXT NOT NULL, sealed_arguments TEXT, webhook_url TEXT, return_url TEXT,
        external_user_id TEXT, metadata TEXT, reusable INTEGER NOT NULL, debug INTEGER NOT NULL, status TEXT NOT NULL,
        step TEXT, current_session_id TEXT, sealed_result TEXT, error TEXT, cancelled_at INTEGER,
        expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS links_open ON links (expires_at) WHERE status IN ('pending', 'failed');
      CREATE INDEX IF NOT EXISTS links_over ON links (updated_at) WHERE status IN ('complete', 'expired');
      -- An index ends with the row's seq by itself, so each filter reads its newest rows first without sorting.
      CREATE INDEX IF NOT EXISTS links_by_status ON links (status);
      CREATE INDEX IF NOT EXISTS links_by_integration ON links (integration_id);
      CREATE INDEX IF NOT EXISTS links_by_user ON links (external_user_id);
      CREATE INDEX IF NOT EXISTS links_by_time ON links (created_at);
      CREATE TABLE IF NOT EXISTS attempts (
        position INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL UNIQUE, link_id TEXT,
        started_at INTEGER NOT NULL, ended_at INTEGER, error TEXT, sealed_result TEXT, sealed_partial TEXT, before TEXT);
      CREATE INDEX IF NOT EXISTS attempts_of_link ON attempts (link_id);
      CREATE INDEX IF NOT EXISTS attempts_partial ON attempts (started_at) WHERE sealed_partial IS NOT NULL;
      CREATE INDEX IF NOT EXISTS attempts_unopened ON attempts (position) WHERE before IS NOT NULL;
      CREATE TABLE IF NOT EXISTS event_log (
        position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, link_id TEXT,
        sealed_body TEXT NOT NULL, created_at INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS event_log_of_link ON event_log (link_id, position);
      CREATE INDEX IF NOT EXISTS event_log_age ON event_log (created_at);
      CREATE TABLE IF NOT EXISTS webhook_endpoints (
        id TEXT PRIMARY KEY, url TEXT NOT NULL, event_types TEXT NOT NULL, description TEXT, disabled_reason TEXT,
        failing_since INTEGER, created_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS webhook_deliveries (
        event INTEGER NOT NULL, destination TEXT NOT NULL, url TEXT, lane TEXT NOT NULL, state TEXT NOT NULL,
        attempt INTEGER NOT NULL, due_at INTEGER, PRIMARY KEY (event, destination)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS webhook_deliveries_due ON webhook_deliveries (destination, due_at)
        WHERE due_at IS NOT NULL;
      CREATE INDEX IF NOT EXISTS webhook_deliveries_lane ON webhook_deliveries (destination, lane, event)
        WHERE due_at IS NOT NULL;
      CREATE TABLE IF NOT EXISTS delivery_attempts (
        id INTEGER PRIMARY KEY, event INTEGER NOT NULL, destination TEXT NOT NULL, started_at INTEGER NOT NULL,
        status INTEGER, ms INTEGER, error TEXT);
      CREATE INDEX IF NOT EXISTS delivery_attempts_of_event ON delivery_attempts (event);
      CREATE INDEX IF NOT EXISTS delivery_attempts_of_destination ON delivery_attempts (destination, started_at);
      CREATE INDEX IF NOT EXISTS delivery_attempts_open ON delivery_attempts (id) WHERE ms IS NULL AND error IS NULL;
      CREATE TABLE IF NOT EXISTS webhook_secrets (
        owner TEXT PRIMARY KEY, sealed TEXT NOT NULL, previous_sealed TEXT, previous_until INTEGER) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS webhook_keys (
        position INTEGER PRIMARY KEY AUTOINCREMENT, kid TEXT NOT NULL UNIQUE, private_sealed TEXT NOT NULL,
        public_pem TEXT NOT NULL, created_at INTEGER NOT NULL, retires_at INTEGER)`),
  // What came between 21 and 28 November: the ledger of an attempt, the health of providers, one more index of links.
  (sql) => {
    addColumn(sql, "attempts", "ledger", "TEXT");
    sql.exec(`
      CREATE INDEX IF NOT EXISTS links_by_integration_and_status ON links (integration_id, status);
      CREATE TABLE IF NOT EXISTS provider_health (
        provider TEXT NOT NULL, version INTEGER NOT NULL, resource TEXT NOT NULL, action TEXT NOT NULL,
        success INTEGER NOT NULL DEFAULT 0, user_gave_up INTEGER NOT NULL DEFAULT 0,
        site_changed INTEGER NOT NULL DEFAULT 0, schema_drift INTEGER NOT NULL DEFAULT 0,
        other_failures INTEGER NOT NULL DEFAULT 0, latency TEXT NOT NULL DEFAULT '[]', last_run_at INTEGER NOT NULL,
        PRIMARY KEY (provider, version, resource, action)) WITHOUT ROWID`);
  },
  // What a link was before a claim that nobody has heard of yet: a state of the machine in place of columns of the link's row.
  (sql) =>
    sql.exec(`UPDATE attempts SET before = json_object('status', before ->> 'status', 'sessionId',
      before ->> 'currentSessionId', 'error', json(before -> 'error'), 'sealedResult',
      (SELECT sealed_result FROM links WHERE links.id = attempts.link_id)) WHERE before IS NOT NULL`),
  // What devices make an organization's codes for accounts with.
  (sql) => sql.exec("CREATE TABLE account_salt (one INTEGER PRIMARY KEY CHECK (one = 1), salt TEXT NOT NULL)"),
  // Each index is a row more at each change. Filters by provider and status use the index of one; rows that are in the order of
  // their time are found by halves or from their end; an attempt under way is found by its event.
  (sql) =>
    sql.exec(`
      DROP INDEX links_by_integration_and_status;
      DROP INDEX links_by_time;
      DROP INDEX event_log_age;
      DROP INDEX delivery_attempts_open;
      DROP INDEX links_by_user;
      CREATE INDEX links_by_user ON links (external_user_id) WHERE external_user_id IS NOT NULL`),
  // Lists leave out the attempts that the sandbox completed without a session; those ended in the instant in which they began.
  (sql) =>
    sql.exec(`
      ALTER TABLE attempts ADD COLUMN has_session INTEGER NOT NULL DEFAULT 1;
      UPDATE attempts SET has_session = 0 WHERE link_id IS NOT NULL AND ended_at = started_at`),
  // Link shards: which shard of which head this object is, and what a head keeps of its shards once there are several.
  (sql) =>
    sql.exec(`
      ALTER TABLE identity ADD COLUMN head TEXT;
      ALTER TABLE identity ADD COLUMN shard INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE identity ADD COLUMN settings_version INTEGER NOT NULL DEFAULT 0;
      CREATE TABLE shards (
        one INTEGER PRIMARY KEY CHECK (one = 1), plan TEXT NOT NULL, version INTEGER NOT NULL, unsent TEXT NOT NULL,
        prepared INTEGER NOT NULL, erasing INTEGER NOT NULL)`),
  // A provider is called so everywhere but on the wire.
  (sql) => sql.exec("ALTER TABLE links RENAME COLUMN integration_id TO provider"),
  // When an endpoint was enabled again: what it failed before does not count, in whichever shard.
  (sql) => sql.exec("ALTER TABLE webhook_endpoints ADD COLUMN enabled_at INTEGER"),
];
