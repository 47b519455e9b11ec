import type { Grant } from "@passage/protocol/scopes";
import type { ShardPlan } from "../shards/shard-plan.ts";
import type { Sharding } from "../shards/sharding.ts";
import type { KeyTable } from "./key-table.ts";

/** What a key in use may do, and where the links of its organization are. */
export interface KeyFacts {
  readonly keyId: string;
  readonly scopes: readonly Grant[];
  /** Epoch ms; null for a key without an end. */
  readonly expiresAt: number | null;
  readonly shards: ShardPlan;
}

/** Who may come in. The Worker keeps the answer for some seconds, and holds each key to its rate. */
export class Admissions {
  readonly #keys: KeyTable;
  readonly #sharding: Sharding;

  constructor(keys: KeyTable, sharding: Sharding) {
    this.#keys = keys;
    this.#sharding = sharding;
  }

  /** The facts of the key with this hash, which counts as used; null where it is unknown, revoked or expired. */
  identify(keyHash: string): KeyFacts | null {
    const key = this.#keys.use(keyHash, Date.now());
    return key && { keyId: key.id, scopes: key.scopes, expiresAt: key.expiresAt, shards: this.#sharding.plan() };
  }
}
