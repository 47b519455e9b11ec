import type { OrganizationCount } from "../../doors.ts";
import type { Env } from "../../env.ts";
import { shardTag } from "../../ids.ts";
import { shardRetryMs, shardWaitMs } from "../../limits.ts";
import { log } from "../../log.ts";
import { organizationOf, webhooksOf } from "../../stubs.ts";
import { erased, isErased } from "../erased.ts";
import type { Identity } from "../identity.ts";
import type { LinkTable } from "../links/link-table.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import { shardsIn } from "./shard-plan.ts";
import type { Sharding } from "./sharding.ts";
import type { SettingsReplica } from "./shared-settings.ts";

interface Parts {
  readonly env: Env;
  readonly identity: Identity;
  readonly sharding: Sharding;
  readonly replica: SettingsReplica;
  /** What is counted of this shard itself. */
  readonly own: () => { readonly links: LinkTable; readonly outbox: Outbox };
  readonly arm: () => void;
}

/** The other shards of an organization, as its head reaches them. In a shard that is not the head there are none. */
export class Shards {
  readonly #parts: Parts;
  /** Settings on their way to shards. Whoever deletes the shards waits for them: each makes a shard that is not there. */
  readonly #given = new Set<Promise<void>>();
  /** Epoch ms; in memory only: an object that was woken tries at once. */
  #retryAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether the head is all there is. */
  get isAlone(): boolean {
    const { identity, sharding } = this.#parts;
    return identity.get().shard === 0 && sharding.others().length === 0;
  }

  /**
   * Raises their number. Each new shard has the settings before the first link can be in it.
   *
   * @param isNew nobody has heard of this organization
   * @throws when a new shard cannot be reached; then the number is what it was, and may be raised again
   */
  async raise(count: number, isNew: boolean): Promise<void> {
    const { sharding } = this.#parts;
    if (sharding.isErasing() || count <= shardsIn(sharding.plan())) return;
    sharding.prepare(count);
    await Promise.all(
      sharding.prepared().map(async (shard) => {
        if (shard < count && !sharding.others().includes(shard)) await this.#give(shard);
      }),
    );
    // Another request may have raised it further meanwhile, or deleted everything.
    if (sharding.isErasing() || count <= shardsIn(sharding.plan())) return;
    sharding.raise(count, isNew, Date.now());
    // What changed while they were made.
    this.settingsChanged();
    await this.send();
  }

  /** In the commit that changes what all shards share. {@link send} follows it. */
  settingsChanged(): void {
    const { sharding, arm } = this.#parts;
    sharding.settingsChanged();
    this.#retryAt = Date.now() + shardRetryMs;
    if (sharding.unsent().length > 0) arm();
  }

  /** Gives the settings to each shard that does not have them. Returns when all have, or after some seconds: the alarm goes on. */
  async send(): Promise<void> {
    const { sharding, arm } = this.#parts;
    const unsent = sharding.isErasing() ? [] : sharding.unsent();
    if (unsent.length === 0) return;
    this.#retryAt = Date.now() + shardRetryMs;
    const sends = unsent.map((shard) =>
      this.#give(shard).catch((error) => log("shard.unreached", { shard, reason: String(error) })),
    );
    await Promise.race([Promise.all(sends), new Promise((resolve) => setTimeout(resolve, shardWaitMs))]);
    arm();
  }

  /** When shards that did not take the settings are tried again; null when all have them. */
  nextDue(): number | null {
    const { sharding } = this.#parts;
    const isWaiting = sharding.isErasing() || sharding.unsent().length > 0;
    return isWaiting ? Math.max(this.#retryAt, Date.now()) : null;
  }

  /** How many links there are, and deliveries on their way, in this shard and in all others. */
  async count(): Promise<OrganizationCount> {
    const { env, identity, own } = this.#parts;
    const { links, outbox } = own();
    const here = { links: links.count(), webhookBacklog: outbox.deliveries.backlog() };
    const tags = identity.find() ? await this.tags() : [];
    const all = [here, ...(await Promise.all(tags.map((tag) => organizationOf(env, tag).count())))];
    const byStatus = Map.groupBy(
      all.flatMap((one) => one.links),
      ({ status }) => status,
    );
    return {
      links: [...byStatus].map(([status, counts]) => ({ status, count: sumOf(counts.map((one) => one.count)) })),
      webhookBacklog: sumOf(all.map((one) => one.webhookBacklog)),
    };
  }

  /** When an endpoint last took an event from one of the other shards; null for never. */
  async lastSuccess(endpointId: string): Promise<number | null> {
    const tags = await this.tags();
    const times = await Promise.all(tags.map((tag) => webhooksOf(this.#parts.env, tag).lastSuccess(endpointId)));
    return times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
  }

  /** Deletes the others with everything in them; one that is gone already is as good. */
  async eraseOthers(): Promise<void> {
    const { env, identity, sharding } = this.#parts;
    this.#retryAt = Date.now() + shardRetryMs;
    await Promise.allSettled(this.#given);
    const { head } = identity.get();
    await Promise.all(
      sharding.prepared().map(async (shard) =>
        organizationOf(env, await shardTag(env.PASSAGE_SECRET, head, shard))
          .erase()
          .catch((error) => {
            if (!isErased(error)) throw error;
          }),
      ),
    );
  }

  /** The tags of the others. */
  tags(): Promise<string[]> {
    const { env, identity, sharding } = this.#parts;
    const { head } = identity.get();
    return Promise.all(sharding.others().map((shard) => shardTag(env.PASSAGE_SECRET, head, shard)));
  }

  #give(shard: number): Promise<void> {
    const given = this.#adoption(shard).finally(() => this.#given.delete(given));
    this.#given.add(given);
    return given;
  }

  async #adoption(shard: number): Promise<void> {
    const { env, identity, sharding, replica } = this.#parts;
    const { head, mode } = identity.get();
    const tag = await shardTag(env.PASSAGE_SECRET, head, shard);
    if (sharding.isErasing()) throw new Error(erased);
    const settings = replica.read(sharding.version());
    await organizationOf(env, tag).adopt({ tag, mode, head, shard }, settings);
    sharding.sent(shard, settings.version);
  }
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
