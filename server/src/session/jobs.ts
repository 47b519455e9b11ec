import type { Effect } from "./machine.ts";
import type { DueTimes, JobName, SessionRecord } from "./record.ts";

/** Jobs that are to be due at a time (epoch ms), or not any more. */
export type JobChanges = { readonly [Job in JobName]?: number | null };

/** What effects change of the jobs. */
export function jobChanges(effects: readonly Effect[], now: number): JobChanges {
  return Object.fromEntries(
    effects.flatMap((effect): [JobName, number | null][] => {
      if (effect.type === "schedule") return [[effect.job, now + effect.afterMs]];
      return effect.type === "cancel" ? [[effect.job, null]] : [];
    }),
  );
}

/**
 * Named due jobs on the object's one alarm. A job is a part of the session's row, so it survives whatever the object does not;
 * setting it again moves it. The platform runs an overdue alarm at boot.
 */
export class Jobs {
  readonly #storage: DurableObjectStorage;
  readonly #record: SessionRecord;
  /** When the alarm goes off: null for never, undefined while nobody has looked. */
  #alarmAt: number | null | undefined;

  constructor(storage: DurableObjectStorage, record: SessionRecord) {
    this.#storage = storage;
    this.#record = record;
  }

  /** Reads when the alarm goes off, so that it is not set again for nothing. */
  async load(): Promise<void> {
    this.#alarmAt = await this.#storage.getAlarm();
  }

  schedule(name: JobName, dueAt: number): void {
    this.#record.write({ jobs: this.changed({ [name]: dueAt }) });
    this.arm();
  }

  cancel(...names: JobName[]): void {
    this.#record.write({ jobs: this.changed(Object.fromEntries(names.map((name) => [name, null]))) });
  }

  has(name: JobName): boolean {
    return this.#due[name] !== undefined;
  }

  /** What is due when after these changes, to be written with other facts; `arm` comes after that. */
  changed(changes: JobChanges): DueTimes {
    const times = Object.entries({ ...this.#due, ...changes }).filter(([, dueAt]) => dueAt !== null);
    return Object.fromEntries(times);
  }

  /**
   * The names that are due, earliest first, each removed. The caller must do or reschedule each before it awaits anything,
   * so that the removal and its effect are one commit.
   */
  take(now: number): JobName[] {
    const due = (Object.entries(this.#due) as [JobName, number][])
      .filter(([, dueAt]) => dueAt <= now)
      .sort(([a, first], [b, second]) => first - second || a.localeCompare(b))
      .map(([name]) => name);
    this.#alarmAt = null;
    this.cancel(...due);
    this.arm();
    return due;
  }

  /** Setting an alarm is a row written: one that goes off too early, and finds nothing due, costs less than to move it. */
  arm(): void {
    const times = Object.values(this.#due);
    if (times.length === 0) return;
    const earliest = Math.min(...times);
    if (this.#alarmAt !== undefined && this.#alarmAt !== null && this.#alarmAt <= earliest) return;
    this.#storage.setAlarm(earliest);
    this.#alarmAt = earliest;
  }

  get #due(): DueTimes {
    return this.#record.kept?.jobs ?? {};
  }
}
