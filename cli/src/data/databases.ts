import { globSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";

/**
 * The databases of a data folder, as paths in it: those of the objects, and one a namespace with their alarms. Links and keys are
 * in `organization`, what devices do in `session`.
 */
export function databasesOf(folder: string): string[] {
  return globSync("objects/*/*.sqlite", { cwd: folder }).sort();
}

/** Copies a database that others may be writing to, as it is at one moment. @throws when it is gone */
export async function copyDatabase(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  const source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  try {
    await backup(source, to);
  } finally {
    source.close();
  }
}

/** What SQLite finds wrong with a file; null when it is whole. */
export function faultOf(path: string): string | null {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const { quick_check } = database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
      return quick_check === "ok" ? null : quick_check;
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Lets every object wake when the server starts. An object and its alarm are two files, copied at two moments: what was due in
 * between would wait until somebody asks for it. An object that wakes for nothing goes back to sleep.
 */
export function wakeAll(folder: string): number {
  const namespaces = ["organization", "session"];
  let count = 0;
  for (const namespace of namespaces) {
    const objects = globSync("*.sqlite", { cwd: join(folder, "objects", namespace) })
      .map((file) => file.replace(".sqlite", ""))
      .filter((name) => name !== "metadata");
    const alarms = new DatabaseSync(join(folder, "objects", namespace, "metadata.sqlite"));
    try {
      // Nanoseconds. The name in a row that is there stays.
      const wake = alarms.prepare(
        "INSERT INTO _cf_ALARM (actor_id, scheduled_time) VALUES (?, ?) ON CONFLICT DO UPDATE SET scheduled_time = excluded.scheduled_time",
      );
      for (const id of objects) wake.run(id, BigInt(Date.now()) * 1_000_000n);
      count += objects.length;
    } finally {
      alarms.close();
    }
  }
  return count;
}

/**
 * Lets every organization give its settings to its link shards again: they were copied at other moments than their head, and may
 * have older ones, newer ones, or none.
 */
export function resendSettings(folder: string): void {
  for (const path of globSync("objects/organization/*.sqlite", { cwd: folder })) {
    const database = new DatabaseSync(join(folder, path));
    try {
      if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'shards'").get()) continue;
      const row = database.prepare("SELECT plan ->> '$[#-1].count' AS count FROM shards").get();
      if (!row) continue;
      const others = Array.from({ length: Number(row.count) - 1 }, (_, index) => index + 1);
      // A time is more than any version that was counted since an earlier time.
      database.prepare("UPDATE shards SET version = ?, unsent = ?").run(Date.now(), JSON.stringify(others));
    } finally {
      database.close();
    }
  }
}
