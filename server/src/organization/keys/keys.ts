import { RpcTarget } from "cloudflare:workers";
import type { CreatedKey, Key } from "@passage/protocol/http/key";
import { allows } from "@passage/protocol/scopes";
import type { KeyActor, KeyRequest, KeysDoor } from "../../doors.ts";
import type { Env } from "../../env.ts";
import { hashSecret, mintId, mintKey } from "../../ids.ts";
import type { Actor, AuditLog } from "../audit-log.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import type { Identity } from "../identity.ts";
import { type RpcResult, refused } from "../refusal.ts";
import { isActiveKey, type KeyTable, type NewKey } from "./key-table.ts";

interface Parts {
  readonly env: Pick<Env, "PASSAGE_SECRET">;
  readonly identity: Identity;
  readonly keys: KeyTable;
  readonly idempotency: Idempotency;
  readonly audit: AuditLog;
}

export class Keys extends RpcTarget implements KeysDoor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  async create(request: KeyRequest, actor: KeyActor, once: IdempotentRequest | null): Promise<RpcResult<CreatedKey>> {
    const excess = request.scopes.find((scope) => !allows(actor.scopes, scope));
    if (excess) return refused("insufficient_scope", `This key does not have ${excess} itself, so it cannot give it.`);
    const { keys, idempotency, audit } = this.#parts;
    const { made, answer } = await this.#make(request);
    return idempotency.runOnce(once, answer, () => {
      keys.add(made);
      audit.add(actor, "key.created", made.id, made.createdAt);
      return null;
    });
  }

  async rotate(
    id: string,
    overlapSeconds: number,
    actor: KeyActor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<CreatedKey>> {
    const { keys, idempotency, audit } = this.#parts;
    const { mode } = this.#parts.identity.get();
    const old = keys.byId(id, mode);
    if (!old) return refused("not_found", "Key not found");
    const excess = old.scopes.find((scope) => !allows(actor.scopes, scope));
    if (excess) return refused("insufficient_scope", `This key does not have ${excess} itself, so it cannot give it.`);
    const request = { name: old.name, scopes: old.scopes, expiresIn: null };
    const { made, answer } = await this.#make(request, old.expiresAt);
    return idempotency.runOnce(once, answer, () => {
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

  revoke(id: string, actor: Actor): RpcResult<Key> {
    const { keys, audit } = this.#parts;
    const { mode } = this.#parts.identity.get();
    const found = keys.byId(id, mode);
    if (!found) return refused("not_found", "Key not found");
    if (found.revokedAt === null) {
      const now = Date.now();
      keys.revoke(id, now);
      audit.add(actor, "key.revoked", id, now);
    }
    return { ok: keys.byId(id, mode) as Key };
  }

  list(before: number | null, limit: number): { position: number; key: Key }[] {
    return this.#parts.keys.page(before, limit, this.#parts.identity.get().mode);
  }

  countActive(): number {
    return this.#parts.keys.countActive(Date.now());
  }

  async #make(
    { name, scopes, expiresIn }: KeyRequest,
    expiresAt: number | null = null,
  ): Promise<{ made: NewKey; answer: CreatedKey }> {
    const { env, identity } = this.#parts;
    const { tag, mode } = identity.get();
    const [id, key] = await Promise.all([
      mintId(env.PASSAGE_SECRET, "apiKey", tag),
      mintKey(env.PASSAGE_SECRET, mode, tag),
    ]);
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
