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

/** The database of every object of a kind, as a path. */
export function objectsIn(data: string, namespace: string): string[] {
  return databasesIn(data, namespace).filter((file) => !file.endsWith("metadata.sqlite"));
}

/** The schema version that each object of a kind has reached; 0 before it had any. */
export function versionsIn(data: string, namespace: string): number[] {
  return objectsIn(data, namespace).map((file) =>
    withDatabase(file, (database) => {
      const isVersioned = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'").get();
      return isVersioned ? Number(database.prepare("SELECT version FROM schema_version").get()?.version ?? 0) : 0;
    }),
  );
}

/** The data folder that a release left, as it is kept. */
export function unpackFixture(release: string): string {
  const data = join(temporaryFolder(), "data");
  mkdirSync(data);
  execFileSync("tar", ["-xzf", join(folder, `${release}.tar.gz`), "-C", data]);
  return data;
}

/** Where a fixture is opened, in place of where it was made. */
interface Place {
  /** Where its webhooks go. */
  readonly receiver?: string;
  /** The port of the server that will start on it. */
  readonly port?: number;
}

/**
 * The data folder that a release left, as if it had been killed this very moment and in this place: every time in it moves by
 * what has passed since, so sessions and links still have the time that was left to them. Webhooks that wait for their next
 * attempt are due at once.
 */
export function openFixture(release: string, place: Place = {}): string {
  const data = unpackFixture(release);
  const { madeAt, session } = notesOf(release);
  const { receiver = absentReceiver, port } = place;
  const madePort = new URL(session.websocketUrl).port;
  const move: Move = {
    passedMs: Date.now() - madeAt,
    texts: [
      [new URL(absentReceiver).origin, new URL(receiver).origin],
      ...(port === undefined ? [] : ([[`localhost:${madePort}`, `localhost:${port}`]] as const)),
    ],
  };
  for (const file of databasesIn(data)) withDatabase(file, (database) => moveOn(database, move));
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

interface Move {
  readonly passedMs: number;
  /** What stands in texts, and what takes its place. */
  readonly texts: readonly (readonly [string, string])[];
}

const numberInJson = /(?<=[:,[])\d{13}(?=[,}\]])/g;

function moveOn(database: DatabaseSync, move: Move): void {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  for (const { name } of tables.all()) {
    const read = database.prepare(`SELECT * FROM "${name}"`);
    read.setReadBigInts(true);
    for (const row of read.all()) {
      const changed = Object.entries(row)
        .map(([column, value]): [string, SQLInputValue, SQLInputValue] => [column, value, moved(value, move)])
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

function moved(value: SQLInputValue, { passedMs, texts }: Move): SQLInputValue {
  if (typeof value === "bigint" && isMs(value)) return value + BigInt(passedMs);
  if (typeof value === "bigint" && isNs(value)) return value + BigInt(passedMs) * 1_000_000n;
  if (typeof value !== "string") return value;
  const placed = texts.reduce((text, [from, to]) => text.replaceAll(from, to), value);
  return placed.replaceAll(numberInJson, (digits) =>
    isMs(BigInt(digits)) ? String(Number(digits) + passedMs) : digits,
  );
}
