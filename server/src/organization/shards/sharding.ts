import { shardCountHeardMs } from "../../limits.ts";
import { type ShardPlan, shardsIn, unsharded } from "./shard-plan.ts";

type Row = { plan: string; version: number; unsent: string; prepared: number; erasing: number };

/**
 * What a head keeps of its shards, in one row that is made when their number is first raised, or all is deleted: the plan, the version of the
 * settings that they share with it, which of them have not got that version, how many were ever prepared, and whether all are
 * being deleted.
 */
export class Sharding {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  plan(): ShardPlan {
    const row = this.#row();
    return row ? JSON.parse(row.plan) : unsharded;
  }

  /** The numbers of the shards beside the head that links may be in. */
  others(): number[] {
    return numbersBelow(shardsIn(this.plan()));
  }

  /** The numbers of all shards beside the head that were ever given anything. */
  prepared(): number[] {
    return numbersBelow(this.#row()?.prepared ?? 1);
  }

  /** So many shards are about to get settings: whatever happens next, deleting the organization covers them. */
  prepare(count: number): void {
    this.#begin();
    this.#sql.exec("UPDATE shards SET prepared = MAX(prepared, ?)", count);
  }

  /** @param isNew nobody can know another plan of this organization: it is in use at once */
  raise(count: number, isNew: boolean, now: number): void {
    const plan: ShardPlan = isNew ? [{ count, from: 0 }] : [...this.plan(), { count, from: now + shardCountHeardMs }];
    this.#sql.exec("UPDATE shards SET plan = ?", JSON.stringify(plan));
  }

  /** The version of the shared settings. */
  version(): number {
    return this.#row()?.version ?? 1;
  }

  /** The shared settings have changed: no other shard has them yet. */
  settingsChanged(): void {
    const others = this.others();
    if (others.length > 0)
      this.#sql.exec("UPDATE shards SET version = version + 1, unsent = ?", JSON.stringify(others));
  }

  unsent(): number[] {
    return JSON.parse(this.#row()?.unsent ?? "[]");
  }

  /** A shard has this version. */
  sent(shard: number, version: number): void {
    if (version !== this.version()) return;
    this.#sql.exec("UPDATE shards SET unsent = ?", JSON.stringify(this.unsent().filter((one) => one !== shard)));
  }

  isErasing(): boolean {
    return this.#row()?.erasing === 1;
  }

  startErasing(): void {
    this.#begin();
    this.#sql.exec("UPDATE shards SET erasing = 1");
  }

  #begin(): void {
    // The first version is a time, so that it is newer than whatever a shard was given before the head was made anew or restored.
    this.#sql.exec(
      "INSERT OR IGNORE INTO shards (one, plan, version, unsent, prepared, erasing) VALUES (1, ?, ?, '[]', 1, 0)",
      JSON.stringify(unsharded),
      Date.now(),
    );
  }

  #row(): Row | undefined {
    return this.#sql.exec<Row>("SELECT plan, version, unsent, prepared, erasing FROM shards").toArray()[0];
  }
}

function numbersBelow(count: number): number[] {
  return Array.from({ length: count - 1 }, (_, index) => index + 1);
}
