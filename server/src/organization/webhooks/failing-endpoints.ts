import type { Env } from "../../env.ts";
import { webhooksOf } from "../../stubs.ts";
import type { SealedEvent } from "../events/event-log.ts";
import type { Identity } from "../identity.ts";
import type { Shards } from "../shards/shards.ts";
import type { Outbox } from "./outbox.ts";
import { policyOf } from "./retry.ts";

interface Parts {
  readonly env: Env;
  readonly identity: Identity;
  readonly shards: Shards;
  readonly outbox: Outbox;
}

/**
 * Who decides that an endpoint is tried no more. Each shard sees its own deliveries only: the head decides, and an endpoint that
 * takes the events of one shard is not failing.
 */
export class FailingEndpoints {
  readonly #parts: () => Parts;

  /** @param parts asked when it is used: the outbox has this object itself. */
  constructor(parts: () => Parts) {
    this.#parts = parts;
  }

  get isDecidedHere(): boolean {
    return this.#parts().shards.isAlone;
  }

  /** Has the head decide. */
  async decide(endpointId: string, reason: "gone" | "failing"): Promise<void> {
    const { env, identity } = this.#parts();
    const { shard, head } = identity.get();
    if (shard === 0) return this.disable(endpointId, reason);
    await webhooksOf(env, head).disableFailing(endpointId, reason);
  }

  /** In the head: disables the endpoint for all shards, unless one of them had it take an event lately. */
  async disable(endpointId: string, reason: "gone" | "failing"): Promise<void> {
    const { env, shards, outbox } = this.#parts();
    if (reason === "failing") {
      const since = Date.now() - policyOf(env).disableAfterMs;
      const own = outbox.attempts.health(endpointId, Date.now()).lastSuccessAt;
      const last = Math.max(own ?? 0, (await shards.lastSuccess(endpointId)) ?? 0);
      // A shard that has not heard yet that the owner enabled it counts from before.
      if (Math.max(last, outbox.endpoints.enabledAt(endpointId) ?? 0) > since) return;
    }
    const event = await outbox.prepareDisabled(endpointId, reason);
    // No await from here on: one commit. Another shard, or the owner, may have come first.
    if (outbox.endpoints.byId(endpointId)?.disabledReason !== null) return;
    this.disableNow(endpointId, reason, event, Date.now());
    await shards.send();
  }

  /** Shards may have been added since it was asked whether there are any: they hear of it soon. */
  disableNow(endpointId: string, reason: "gone" | "failing", event: SealedEvent, now: number): void {
    const { shards, outbox } = this.#parts();
    outbox.disable(endpointId, reason, event, now);
    shards.settingsChanged();
  }
}
