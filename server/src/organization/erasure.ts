import { log } from "../log.ts";
import type { Alarm } from "./alarm.ts";
import type { Sessions } from "./attempts/sessions.ts";
import { erased } from "./erased.ts";
import type { Identity } from "./identity.ts";
import type { KeyTable } from "./keys/key-table.ts";
import type { AttemptTable } from "./links/attempt-table.ts";
import type { Watchers } from "./links/watchers.ts";
import type { Sharding } from "./shards/sharding.ts";
import type { Shards } from "./shards/shards.ts";

interface Parts {
  readonly identity: Identity;
  readonly keys: KeyTable;
  readonly attempts: AttemptTable;
  readonly watchers: Watchers;
  readonly sessions: Sessions;
  readonly sharding: Sharding;
  readonly shards: Shards;
  readonly alarm: Alarm;
}

/** Deletes an organization with everything that it has: its other shards first, and itself last, so that it can go on after a crash. */
export class Erasure {
  readonly #context: DurableObjectState;
  readonly #parts: Parts;
  #underWay: Promise<void> | null = null;

  constructor(context: DurableObjectState, parts: Parts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Whether a head has begun to delete everything, so that nobody comes in any more. */
  get hasBegun(): boolean {
    return this.#parts.sharding.isErasing();
  }

  /** @throws `erased` when all is gone: the object ends with it; another error when a shard could not be reached */
  run(): Promise<void> {
    this.#underWay ??= this.#erase().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  /** It was cut off: it goes on, and is tried again while a shard cannot be reached. */
  async goOn(): Promise<void> {
    await this.run().catch((error) => {
      log("erasing.retry", { reason: String(error) });
      this.#parts.alarm.arm();
    });
  }

  async #erase(): Promise<void> {
    const { identity, keys, attempts, watchers, sessions, sharding, shards, alarm } = this.#parts;
    const found = identity.find();
    if (found?.shard === 0) {
      sharding.startErasing();
      keys.forgetAll();
      alarm.arm();
      await shards.eraseOthers();
    }
    watchers.endAll();
    await sessions.ended(attempts.forgetUnderWay());
    const { storage } = this.#context;
    // Nobody else runs from here on: there are no tables any more. Whoever waits gets `erased`, too.
    await this.#context.blockConcurrencyWhile(async () => {
      await storage.deleteAlarm();
      await storage.deleteAll();
      await storage.sync();
      log("organization.erased", { organization: found?.tag, shard: found?.shard });
      // The next request builds the object anew, on an empty database.
      this.#context.abort(erased);
    });
  }
}
