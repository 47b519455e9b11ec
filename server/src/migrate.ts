/** The part of an object's storage that migrations use. Written out, so that scripts can read the lists of steps. */
export interface MigratedStorage {
  readonly sql: MigratedSql;
  transactionSync(write: () => void): void;
}

export interface MigratedSql {
  exec<Row extends Record<string, ArrayBuffer | string | number | null>>(
    query: string,
    ...bindings: unknown[]
  ): { toArray(): Row[] };
}

/**
 * One step of an object's schema: it brings the tables from one version to the next. A step that has been released is never
 * edited; a change is a new step at the end of the list.
 */
export type Migration = (sql: MigratedSql) => void;

/** The tables of one version, for an object that has none yet: the steps up to there are not for it. */
export interface Baseline {
  readonly version: number;
  readonly make: Migration;
}

/**
 * Brings an object's tables to the newest version. Each step and the version that it leads to are one commit, so an object that
 * dies in between goes on from the last step that finished. An object without a version row has the tables of a release from
 * before versions were kept, or none: the first steps must be able to meet either.
 *
 * @param object what is migrated, for the error: `organization`, `session`, `directory`
 * @param steps the step at index n leads from version n to version n + 1
 * @param baseline what a new object starts from; without it, from no tables
 * @throws NewerSchemaError when the object was written by a newer release
 */
export function migrate(
  storage: MigratedStorage,
  object: string,
  steps: readonly Migration[],
  baseline: Baseline | null = null,
): void {
  const { sql } = storage;
  if (baseline && isEmpty(sql))
    return storage.transactionSync(() => {
      baseline.make(sql);
      for (const step of steps.slice(baseline.version)) step(sql);
      sql.exec(versionTable);
      noteVersion(sql, steps.length);
    });
  sql.exec(versionTable);
  const found = sql.exec<{ version: number }>("SELECT version FROM schema_version").toArray()[0]?.version ?? 0;
  if (found > steps.length) throw new NewerSchemaError(object, found, steps.length);
  for (const [index, step] of steps.entries()) {
    if (index < found) continue;
    storage.transactionSync(() => {
      step(sql);
      noteVersion(sql, index + 1);
    });
  }
}

const versionTable = `CREATE TABLE IF NOT EXISTS schema_version (
  one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)`;

function noteVersion(sql: MigratedSql, version: number): void {
  sql.exec("INSERT OR REPLACE INTO schema_version (one, version) VALUES (1, ?)", version);
}

function isEmpty(sql: MigratedSql): boolean {
  const query = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '_cf_*' LIMIT 1";
  return sql.exec(query).toArray().length === 0;
}

/** The object has tables that this release does not know. It changes nothing and refuses to work. */
export class NewerSchemaError extends Error {
  constructor(object: string, found: number, known: number) {
    super(
      `This ${object} was written by a newer release: its schema has version ${found}, and this release knows ${known}. Deploy the newer release again.`,
    );
    this.name = "NewerSchemaError";
  }
}

/** Adds a column where it is missing: releases before schema versions may or may not have made it. */
export function addColumn(sql: MigratedSql, table: string, column: string, definition: string): void {
  const query = "SELECT 1 FROM pragma_table_info(?) WHERE name = ?";
  if (sql.exec(query, table, column).toArray().length === 0)
    sql.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${definition}`);
}
