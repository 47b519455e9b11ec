import type { Idempotency } from "./idempotency.ts";
import type { Identity } from "./identity.ts";
import type { AttemptTable } from "./links/attempt-table.ts";
import type { LinkTable } from "./links/link-table.ts";
import type { LinkRetention } from "./links/retention.ts";
import type { Shards } from "./shards/shards.ts";
import type { Outbox } from "./webhooks/outbox.ts";

interface Parts {
  readonly identity: Identity;
  readonly links: LinkTable;
  readonly retention: LinkRetention;
  readonly attempts: AttemptTable;
  readonly idempotency: Idempotency;
  readonly outbox: Outbox;
  readonly shards: Shards;
}

/** The one alarm of an organization: when it is due next, and what is deleted then. */
export class Alarm {
  readonly #storage: DurableObjectStorage;
  readonly #parts: Parts;
  /** When it goes off: null for never. */
  #at: number | null = null;

  constructor(storage: DurableObjectStorage, parts: Parts) {
    this.#storage = storage;
    this.#parts = parts;
  }

  /** Reads when it goes off, so that it is not set again for nothing. Call it before anything else. */
  async load(): Promise<void> {
    this.#at = await this.#storage.getAlarm();
  }

  /** It has gone off, and is not set any more. */
  wentOff(): void {
    this.#at = null;
  }

  /** Forgets what was kept long enough, and sets the next alarm. */
  run(now: number): void {
    const { identity, retention, attempts, idempotency } = this.#parts;
    retention.run(identity.get().retentionDays, now);
    attempts.forgetOldPartials(now);
    idempotency.forgetOld(now);
    this.arm();
  }

  /**
   * One alarm for what comes first: a delivery, a link that expires, something whose keeping ends. To set it is a row written:
   * one that goes off too early, and finds nothing due, costs less than to move it.
   */
  arm(): void {
    const { identity, links, retention, attempts, idempotency, outbox, shards } = this.#parts;
    const due = [
      outbox.nextDue(),
      links.nextExpiry(),
      retention.nextDue(identity.get().retentionDays),
      attempts.nextPartialDue(),
      idempotency.nextDue(),
      shards.nextDue(),
    ].filter((time) => time !== null);
    if (due.length > 0) this.armFor(Math.min(...due));
  }

  /** For something new that is due then; everything else is what it was. */
  armFor(time: number): void {
    if (this.#at !== null && this.#at <= time) return;
    this.#storage.setAlarm(time);
    this.#at = time;
  }
}
