import type { RatePolicy } from "@passage/protocol/rate-policy";
import { allows, type Grant, type Scope } from "@passage/protocol/scopes";
import { type Rate, RateLimiter } from "../../rate-limiter.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import { type RpcResult, refused } from "../refusal.ts";
import type { KeyTable } from "./key-table.ts";

/** A request at the door: the key by its hash, what it wants, and whether it may be a repetition. */
export interface AdmissionRequest {
  readonly keyHash: string;
  /** null: any key will do. */
  readonly scope: Scope | null;
  readonly once: IdempotentRequest | null;
}

export interface Admitted {
  readonly keyId: string;
  readonly scopes: readonly Grant[];
  /** JSON text: what this request was answered before. */
  readonly replay: string | null;
}

/** The answer, and where the key stands with its rate: null for an unknown key. */
export type Admission = RpcResult<Admitted> & { readonly rate: Rate | null };

/** Who may come in: one look-up a request. A revoked key is refused from the next request on. */
export class Admissions {
  readonly #keys: KeyTable;
  readonly #idempotency: Idempotency;
  readonly #limiter: RateLimiter;

  constructor(keys: KeyTable, idempotency: Idempotency, policy: RatePolicy) {
    this.#keys = keys;
    this.#idempotency = idempotency;
    this.#limiter = new RateLimiter(policy);
  }

  async admit({ keyHash, scope, once }: AdmissionRequest): Promise<Admission> {
    const now = Date.now();
    const key = this.#keys.use(keyHash, now);
    if (!key)
      return {
        rate: null,
        ...refused("unauthorized", "This API key is unknown, revoked or expired. Use another one."),
      };
    const rate = this.#limiter.take(key.id, now);
    if (!rate.allowed)
      return { rate, ...refused("rate_limited", `Too many requests. Try again in ${rate.retryAfterSeconds} s.`) };
    if (scope && !allows(key.scopes, scope))
      return {
        rate,
        ...refused("insufficient_scope", `This key does not have the scope ${scope}. Use one that has it.`),
      };
    const replay = once ? await this.#idempotency.recall(once, now) : { ok: null };
    if ("refused" in replay) return { rate, ...replay };
    return { rate, ok: { keyId: key.id, scopes: key.scopes, replay: replay.ok } };
  }
}
