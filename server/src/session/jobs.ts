/** What a session waits for. One physical alarm serves them all. */
export type JobName = "command" | "grace" | "duration" | "report";

/**
 * Named due jobs on the object's one alarm. A job is a row, so it survives whatever the object does not; setting it again
 * moves it. The platform runs an overdue alarm at boot.
 */
export class Jobs {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  schedule(name: JobName, dueAt: number): void {
    this.#storage.sql.exec("INSERT OR REPLACE INTO jobs (name, due_at) VALUES (?, ?)", name, dueAt);
    this.arm();
  }

  cancel(...names: JobName[]): void {
    for (const name of names) this.#storage.sql.exec("DELETE FROM jobs WHERE name = ?", name);
    this.arm();
  }

  has(name: JobName): boolean {
    return this.#storage.sql.exec("SELECT 1 FROM jobs WHERE name = ?", name).toArray().length > 0;
  }

  /**
   * The names that are due, earliest first, each removed. The caller must do or reschedule each before it awaits anything,
   * so that the removal and its effect are one commit.
   */
  take(now: number): JobName[] {
    const due = this.#storage.sql
      .exec<{ name: JobName }>("SELECT name FROM jobs WHERE due_at <= ? ORDER BY due_at, name", now)
      .toArray();
    for (const { name } of due) this.#storage.sql.exec("DELETE FROM jobs WHERE name = ?", name);
    this.arm();
    return due.map((row) => row.name);
  }

  arm(): void {
    const { due } = this.#storage.sql.exec<{ due: number | null }>("SELECT MIN(due_at) AS due FROM jobs").one();
    if (due === null) this.#storage.deleteAlarm();
    else this.#storage.setAlarm(due);
  }
}
