import type { ConfiguredOrganization } from "../doors.ts";
import type { AccountSalt } from "./account-salt.ts";
import type { Actor, AuditLog } from "./audit-log.ts";
import type { Erasure } from "./erasure.ts";
import type { Identity, OrganizationAddress, Settings } from "./identity.ts";
import { type RpcResult, refused } from "./refusal.ts";
import { shardsIn } from "./shards/shard-plan.ts";
import type { Sharding } from "./shards/sharding.ts";
import type { Shards } from "./shards/shards.ts";
import type { Outbox } from "./webhooks/outbox.ts";

interface Parts {
  readonly identity: Identity;
  readonly audit: AuditLog;
  readonly accountSalt: AccountSalt;
  readonly outbox: Outbox;
  readonly sharding: Sharding;
  readonly shards: Shards;
  readonly erasure: Erasure;
}

/** What an operator sets of an organization. */
export class Configuration {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get(): RpcResult<ConfiguredOrganization | null> {
    const { identity, sharding, erasure } = this.#parts;
    if (erasure.hasBegun) return refused("not_found", "This organization is being deleted. Ask again when it is gone.");
    const found = identity.find();
    if (!found) return { ok: null };
    const { name, retentionDays } = found;
    return { ok: { name, retentionDays, linkShards: shardsIn(sharding.plan()) } };
  }

  async set(
    { tag, mode }: Pick<OrganizationAddress, "tag" | "mode">,
    { linkShards, ...settings }: Settings,
    actor: Actor,
  ): Promise<RpcResult<ConfiguredOrganization | null>> {
    const { identity, audit, shards } = this.#parts;
    const before = this.get();
    if ("refused" in before) return before;
    const isNew = before.ok === null;
    if (isNew) audit.add(actor, "organization.created", tag, Date.now());
    identity.begin({ tag, mode, head: tag, shard: 0 });
    identity.note(settings);
    shards.settingsChanged();
    if (linkShards !== null && linkShards > 1) await this.#raise(linkShards, isNew);
    await shards.send();
    return this.get();
  }

  async #raise(linkShards: number, isNew: boolean): Promise<void> {
    const { accountSalt, outbox, shards } = this.#parts;
    // Shards get these with their settings, and never make them.
    accountSalt.get();
    await outbox.keys.current(() => outbox.mintKeyId(), Date.now());
    await shards.raise(linkShards, isNew);
  }
}
