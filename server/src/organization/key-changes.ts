import type { CreatedKey, Key } from "@passage/protocol/http/key";
import type { Mode } from "@passage/protocol/ids";
import { allows, type Grant } from "@passage/protocol/scopes";
import { hashSecret, mintId, mintKey } from "../ids.ts";
import { type Answer, refused } from "./answer.ts";
import type { Actor, AuditLog } from "./audit-log.ts";
import type { Idempotency, Once } from "./idempotency.ts";
import { isActiveKey, type Keys, type NewKey } from "./keys.ts";

/** What a new key is to be. `expiresIn` in seconds. */
export interface KeyRequest {
  readonly name: string | null;
  readonly scopes: readonly Grant[];
  readonly expiresIn: number | null;
}

/** Whoever changes keys: a key gives no more than it has. */
export interface KeyActor extends Actor {
  readonly scopes: readonly Grant[];
}

interface Parts {
  readonly secret: string;
  readonly keys: Keys;
  readonly idempotency: Idempotency;
  readonly audit: AuditLog;
}

/** Making, rotating and revoking keys; each is noted in the audit log with the change. */
export class KeyChanges {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async create(
    { tag, mode }: { tag: string; mode: Mode },
    request: KeyRequest,
    actor: KeyActor,
    once: Once | null,
  ): Promise<Answer<CreatedKey>> {
    const excess = request.scopes.find((scope) => !allows(actor.scopes, scope));
    if (excess) return refused("insufficient_scope", `This key does not have ${excess} itself, so it cannot give it.`);
    const { keys, idempotency, audit } = this.#parts;
    const { made, answer } = await this.#make(tag, mode, request);
    return idempotency.perform(once, answer, () => {
      keys.add(made);
      audit.add(actor, "key.created", made.id, made.createdAt);
      return null;
    });
  }

  /** @param overlapSeconds for how long the old key still works. */
  async rotate(
    { tag, mode }: { tag: string; mode: Mode },
    id: string,
    overlapSeconds: number,
    actor: KeyActor,
    once: Once | null,
  ): Promise<Answer<CreatedKey>> {
    const { keys, idempotency, audit } = this.#parts;
    const old = keys.byId(id, mode);
    if (!old) return refused("not_found", "Key not found");
    const excess = old.scopes.find((scope) => !allows(actor.scopes, scope));
    if (excess) return refused("insufficient_scope", `This key does not have ${excess} itself, so it cannot give it.`);
    const request = { name: old.name, scopes: old.scopes, expiresIn: null };
    const { made, answer } = await this.#make(tag, mode, request, old.expiresAt);
    return idempotency.perform(once, answer, () => {
      const now = Date.now();
      const current = keys.byId(id, mode);
      if (!current || !isActiveKey(current, now) || current.replacedBy)
        return {
          code: "key_not_active",
          message: "This key is revoked, expired or rotated already. Create a new one instead.",
        };
      keys.add(made);
      keys.replace(id, made.id, now + overlapSeconds * 1000);
      audit.add(actor, "key.rotated", id, now);
      return null;
    });
  }

  revoke(mode: Mode, id: string, actor: Actor): Answer<Key> {
    const { keys, audit } = this.#parts;
    const found = keys.byId(id, mode);
    if (!found) return refused("not_found", "Key not found");
    if (found.revokedAt === null) {
      const now = Date.now();
      keys.revoke(id, now);
      audit.add(actor, "key.revoked", id, now);
    }
    return { ok: keys.byId(id, mode) as Key };
  }

  async #make(
    tag: string,
    mode: Mode,
    { name, scopes, expiresIn }: KeyRequest,
    expiresAt: number | null = null,
  ): Promise<{ made: NewKey; answer: CreatedKey }> {
    const { secret } = this.#parts;
    const [id, key] = await Promise.all([mintId(secret, "apiKey", tag), mintKey(secret, mode, tag)]);
    const createdAt = Date.now();
    const shown = {
      id,
      name,
      scopes: [...scopes],
      hint: key.slice(-4),
      createdAt,
      expiresAt: expiresIn === null ? expiresAt : createdAt + expiresIn * 1000,
    };
    const answer = { ...shown, mode, lastUsedAt: null, revokedAt: null, replacedBy: null, key };
    return { made: { ...shown, hash: await hashSecret(key) }, answer };
  }
}
