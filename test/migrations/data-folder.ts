import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { wakeAll } from "../../cli/src/data/databases.ts";
import { temporaryFolder } from "../harness/passage-process.ts";
import { absentReceiver, type FixtureNotes } from "./fixture.ts";

const folder = join(import.meta.dirname, "data-folders");

/** The older releases whose data folders are kept. */
export const releases = globSync("*.json", { cwd: folder })
  .map((file) => file.replace(".json", ""))
  .sort();

export function notesOf(release: string): FixtureNotes {
  return JSON.parse(readFileSync(join(folder, `${release}.json`), "utf8"));
}

/** Every database of a data folder, as a path. */
export function databasesIn(data: string, namespace = "*"): string[] {
  return globSync(`objects/${namespace}/*.sqlite`, { cwd: data }).map((file) => join(data, file));
}

/**
 * The data folder that a release left, as if it had been killed this very moment and its webhooks went to `receiver`: every
 * time in it moves by what has passed since, so sessions and links still have the time that was left to them. Webhooks that wait
 * for their next attempt are due at once.
 */
export function openFixture(release: string, receiver: string = absentReceiver): string {
  const data = join(temporaryFolder(), "data");
  mkdirSync(data);
  execFileSync("tar", ["-xzf", join(folder, `${release}.tar.gz`), "-C", data]);
  const passedMs = Date.now() - notesOf(release).madeAt;
  for (const file of databasesIn(data)) withDatabase(file, (database) => moveOn(database, passedMs, receiver));
  for (const file of databasesIn(data, "organization"))
    withDatabase(file, (database) => {
      const hasDeliveries = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'webhook_deliveries'").get();
      if (hasDeliveries)
        database.prepare("UPDATE webhook_deliveries SET due_at = ? WHERE due_at IS NOT NULL").run(Date.now());
    });
  wakeAll(data);
  return data;
}

export function withDatabase<T>(file: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  // A copy that no power cut threatens: waiting for the disk would only make the tests slow.
  database.exec("PRAGMA synchronous = OFF");
  try {
    return use(database);
  } finally {
    database.close();
  }
}

/** Milliseconds, and the nanoseconds of the platform's alarms, between 2020 and 2036. */
const isMs = (value: bigint) => value > 1_577_000_000_000n && value < 2_082_000_000_000n;
const isNs = (value: bigint) => value > 1_577_000_000_000_000_000n && value < 2_082_000_000_000_000_000n;

function moveOn(database: DatabaseSync, passedMs: number, receiver: string): void {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  for (const { name } of tables.all()) {
    const read = database.prepare(`SELECT * FROM "${name}"`);
    read.setReadBigInts(true);
    for (const row of read.all()) {
      const changed = Object.entries(row)
        .map(([column, value]): [string, SQLInputValue, SQLInputValue] => [
          column,
          value,
          moved(value, passedMs, receiver),
        ])
        .filter(([, before, after]) => before !== after);
      if (changed.length === 0) continue;
      const set = changed.map(([column]) => `"${column}" = ?`).join(", ");
      const where = Object.keys(row)
        .map((column) => `"${column}" IS ?`)
        .join(" AND ");
      const values = [...changed.map(([, , after]) => after), ...Object.values(row)];
      database.prepare(`UPDATE "${name}" SET ${set} WHERE ${where}`).run(...values);
    }
  }
}

function moved(value: SQLInputValue, passedMs: number, receiver: string): SQLInputValue {
  if (typeof value === "bigint" && isMs(value)) return value + BigInt(passedMs);
  if (typeof value === "bigint" && isNs(value)) return value + BigInt(passedMs) * 1_000_000n;
  if (value === absentReceiver) return receiver;
  if (value === new URL(absentReceiver).origin) return new URL(receiver).origin;
  return value;
}
