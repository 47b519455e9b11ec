import type { ErrorValue } from "@passage/protocol/errors";
import { repeatedMs } from "../limits.ts";
import { type RpcResult, refused } from "./refusal.ts";
import type { Vault } from "./vault.ts";

/** What makes a request repeatable: the hashes of its Idempotency-Key and of what it asks. */
export interface IdempotentRequest {
  readonly key: string;
  readonly fingerprint: string;
}

/** The answers of changes that were asked for with an Idempotency-Key, sealed where they may show a secret. */
export class Idempotency {
  readonly #sql: SqlStorage;
  readonly #vault: Vault;

  constructor(sql: SqlStorage, vault: Vault) {
    this.#sql = sql;
    this.#vault = vault;
  }

  /** The answer (JSON text) that this request got before, or null; refused when its key was used for another one. */
  async recall(once: IdempotentRequest, now: number): Promise<RpcResult<string | null>> {
    const row = this.#find(once.key, now);
    if (!row) return { ok: null };
    if (row.fingerprint !== once.fingerprint)
      return refused(
        "idempotency_conflict",
        "This Idempotency-Key was used for another request. Take a new key for a new request.",
      );
    if (row.answer === "") return { ok: null };
    const isPlain = row.answer.startsWith("{");
    return { ok: isPlain ? row.answer : await this.#vault.open(purpose(once.key), row.answer) };
  }

  /**
   * Makes a change and notes its answer, in one commit: whoever dies in between dies with both or neither. Of two equal
   * requests at one instant the second gets the first one's answer. A `write` that refuses has written nothing, and is not
   * noted: it may be asked again.
   */
  async runOnce<T>(once: IdempotentRequest | null, answer: T, write: () => ErrorValue | null): Promise<RpcResult<T>> {
    const sealed = once && (await this.#vault.seal(purpose(once.key), JSON.stringify(answer)));
    // No await from here to the last write.
    const now = Date.now();
    if (once && this.#find(once.key, now)) return this.#again<T>(once, now);
    const refusal = write();
    if (refusal) return { refused: refusal };
    if (once && sealed) this.#note(once, sealed, now);
    return { ok: answer };
  }

  /** As {@link runOnce}, for an answer without secrets that is known only when the change is made. It is noted in plain text. */
  async runOnceUnsealed<T extends object>(
    once: IdempotentRequest | null,
    write: () => RpcResult<T>,
  ): Promise<RpcResult<T>> {
    const now = Date.now();
    if (once && this.#find(once.key, now)) return this.#again<T>(once, now);
    const answer = write();
    if (once && "ok" in answer) this.#note(once, JSON.stringify(answer.ok), now);
    return answer;
  }

  /**
   * Notes a request that was made elsewhere, in several shards or another one. A key that was used here before stays as it was.
   *
   * @param answer JSON text without secrets; null where the shard that made it has the answer, and only the key is taken here
   */
  async remember(once: IdempotentRequest, answer: string | null): Promise<RpcResult<string | null>> {
    const now = Date.now();
    if (!this.#find(once.key, now)) this.#note(once, answer ?? "", now);
    return this.recall(once, now);
  }

  forgetOld(now: number): void {
    this.#sql.exec("DELETE FROM idempotency WHERE created_at <= ?", now - repeatedMs);
  }

  nextDue(): number | null {
    const { at } = this.#sql.exec<{ at: number | null }>("SELECT MIN(created_at) AS at FROM idempotency").one();
    return at === null ? null : at + repeatedMs;
  }

  async #again<T>(once: IdempotentRequest, now: number): Promise<RpcResult<T>> {
    const earlier = await this.recall(once, now);
    return "refused" in earlier ? earlier : { ok: JSON.parse(earlier.ok ?? "null") as T };
  }

  #note({ key, fingerprint }: IdempotentRequest, answer: string, now: number): void {
    const query = "INSERT OR REPLACE INTO idempotency (key, fingerprint, answer, created_at) VALUES (?, ?, ?, ?)";
    this.#sql.exec(query, key, fingerprint, answer, now);
  }

  #find(key: string, now: number): { fingerprint: string; answer: string } | undefined {
    const query = "SELECT fingerprint, answer FROM idempotency WHERE key = ? AND created_at > ?";
    return this.#sql.exec<{ fingerprint: string; answer: string }>(query, key, now - repeatedMs).toArray()[0];
  }
}

function purpose(key: string): string {
  return `idempotency:${key}`;
}
