import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { describe, expect, test } from "vitest";
import {
  objectsIn,
  openFixture,
  releases,
  unpackFixture,
  versionsIn,
  withDatabase,
} from "../../test/migrations/data-folder.ts";
import { directoryMigrations } from "./directory/migrations.ts";
import { type MigratedStorage, type Migration, migrate, NewerSchemaError } from "./migrate.ts";
import { organizationMigrations } from "./organization/migrations.ts";
import { sessionBaseline, sessionMigrations } from "./session/migrations.ts";

const objects: { readonly [name: string]: readonly Migration[] } = {
  organization: organizationMigrations,
  session: sessionMigrations,
  directory: directoryMigrations,
};

/** Each object of each kept release, stopped by a kill after each step that its migration still has. */
const rows = releases.flatMap((release) => {
  const data = unpackFixture(release);
  const found = Object.entries(objects).flatMap(([name, steps]) => {
    const [version = 0] = versionsIn(data, name);
    return steps.map((_, killedAfter) => ({ release, name, killedAfter })).slice(version);
  });
  rmSync(dirname(data), { recursive: true });
  return found;
});

describe("migrations", () => {
  test.each(rows)("$name of $release goes on where a kill after step $killedAfter left it", (row) => {
    const { release, name, killedAfter } = row;
    const steps = objects[name] ?? [];
    const whole = new DatabaseSync(":memory:");
    migrate(storageOf(whole), name, steps);
    for (const file of objectsIn(openFixture(release), name))
      withDatabase(file, (database) => {
        const before = inNewPlaces(contentsOf(database));
        const killed = steps.map((step, index): Migration => (index < killedAfter ? step : diesHalfWay(step)));
        expect(() => migrate(storageOf(database), name, killed)).toThrow("killed");
        migrate(storageOf(database), name, steps);
        expect(schemaOf(database)).toEqual(schemaOf(whole));
        const after = contentsOf(database);
        for (const [table, contents] of before)
          if (table !== "schema_version" && after.has(table))
            expect(sameColumns(after.get(table) ?? [], contents)).toEqual(
              sameColumns(contents, after.get(table) ?? []),
            );
      });
  });

  test.each([
    { status: "pending", currentSessionId: null, error: null },
    { status: "failed", currentSessionId: "sess_1", error: { code: "CLIENT_TIMEOUT", message: "Away." } },
    { status: "complete", currentSessionId: "sess_1", error: null },
  ])("a $status link whose claim was not heard of before the upgrade keeps what it was", (before) => {
    const data = openFixture(releases[0] ?? "");
    const [file = ""] = objectsIn(data, "organization").filter((path) =>
      withDatabase(path, (database) => database.prepare("SELECT 1 FROM attempts").get() !== undefined),
    );
    withDatabase(file, (database) => {
      const { id = null, sealed_result } =
        database.prepare("SELECT id, sealed_result FROM links WHERE sealed_result IS NOT NULL").get() ?? {};
      database.prepare("UPDATE attempts SET before = ? WHERE link_id = ?").run(JSON.stringify({ id, ...before }), id);
      migrate(storageOf(database), "organization", organizationMigrations);
      const after = database.prepare("SELECT before FROM attempts WHERE link_id = ?").get(id);
      const { status, currentSessionId: sessionId, error } = before;
      expect(JSON.parse(String(after?.before))).toEqual({ status, sessionId, error, sealedResult: sealed_result });
    });
  });

  test("a new session has at once what its steps lead to", () => {
    const [stepByStep, atOnce] = [new DatabaseSync(":memory:"), new DatabaseSync(":memory:")];
    migrate(storageOf(stepByStep), "session", sessionMigrations);
    migrate(storageOf(atOnce), "session", sessionMigrations, sessionBaseline);
    expect(schemaOf(atOnce)).toEqual(schemaOf(stepByStep));
    expect(contentsOf(atOnce)).toEqual(contentsOf(stepByStep));
    // It starts from its own version the next time.
    migrate(storageOf(atOnce), "session", sessionMigrations, sessionBaseline);
    expect(contentsOf(atOnce)).toEqual(contentsOf(stepByStep));
  });

  test.each(Object.entries(objects))("a newer %s is refused and left as it is", (name, steps) => {
    const database = new DatabaseSync(":memory:");
    const newer: Migration[] = [...steps, (sql) => sql.exec("CREATE TABLE of_tomorrow (one INTEGER)")];
    migrate(storageOf(database), name, newer);
    const before = schemaOf(database);
    expect(() => migrate(storageOf(database), name, steps)).toThrow(NewerSchemaError);
    expect(schemaOf(database)).toEqual(before);
  });
});

/** The part of an object's storage that a migration uses, on a file that the platform wrote. */
function storageOf(database: DatabaseSync): MigratedStorage {
  const exec = (query: string, ...bindings: SQLInputValue[]) => {
    // As the platform does: several statements at once where nothing is bound, and rows for the last.
    if (bindings.length === 0 && !/^\s*SELECT/i.test(query)) {
      database.exec(query);
      return { toArray: () => [] };
    }
    const rows = database.prepare(query).all(...bindings);
    return { toArray: () => rows };
  };
  const transactionSync = (write: () => void) => {
    database.exec("BEGIN");
    try {
      write();
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  };
  return { sql: { exec }, transactionSync } as unknown as MigratedStorage;
}

/** The step's statements run, and the process dies before their commit. */
function diesHalfWay(step: Migration): Migration {
  return (sql) => {
    step(sql);
    throw new Error("killed");
  };
}

function schemaOf(database: DatabaseSync): string[] {
  const tables =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'";
  const columns = database.prepare(
    `SELECT m.name AS "table", c.name, c.type, c."notnull", c.pk FROM (${tables}) m, pragma_table_info(m.name) c ORDER BY 1, 2`,
  );
  const indexes = database.prepare(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql NOT NULL ORDER BY 1",
  );
  return [...columns.all(), ...indexes.all()].map((row) => JSON.stringify(row).replace(/\s+/g, " "));
}

/** What the tables that session step 4 drops held, where the step puts it: in the session's row and in its journal. */
function inNewPlaces(before: Map<string, Record<string, unknown>[]>): Map<string, Record<string, unknown>[]> {
  const jobs = before.get("jobs");
  if (!jobs) return before;
  const only = (table: string) => before.get(table)?.[0];
  const [ledger, waiting, address] = [only("ledger"), only("relay_waiting"), only("relay_address")];
  const columns = {
    jobs: JSON.stringify(Object.fromEntries(jobs.map(({ name, due_at }) => [name, due_at]))),
    ledger: ledger ? JSON.stringify({ head: ledger.head, entries: ledger.entries }) : null,
    waiting: waiting ? JSON.stringify({ id: waiting.id, issued: JSON.parse(String(waiting.issued)) }) : null,
    address: address?.url ?? null,
  };
  const undelivered = before.get("relay_undelivered") ?? [];
  const held = undelivered.map(({ seq, message }) => ({ seq, request: "", answer: message, answered_at: 0 }));
  return new Map([
    ...before,
    ["session", (before.get("session") ?? []).map((row) => ({ ...row, ...columns }))],
    ["journal", [...(before.get("journal") ?? []), ...held]],
  ]);
}

/** Rows without the columns that other rows do not have: a step may move what a column held. */
function sameColumns(rows: readonly Record<string, unknown>[], others: readonly Record<string, unknown>[]) {
  const [other] = others;
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => other && name in other)));
}

function contentsOf(database: DatabaseSync): Map<string, Record<string, unknown>[]> {
  const tables = database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'",
    )
    .all();
  return new Map(tables.map(({ name }) => [String(name), database.prepare(`SELECT * FROM "${name}"`).all()]));
}
