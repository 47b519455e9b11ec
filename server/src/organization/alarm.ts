import type { Idempotency } from "./idempotency.ts";
import type { Identity } from "./identity.ts";
import type { AttemptTable } from "./links/attempt-table.ts";
import type { LinkTable } from "./links/link-table.ts";
import type { LinkRetention } from "./links/retention.ts";
import type { Outbox } from "./webhooks/outbox.ts";

interface Parts {
  readonly identity: Identity;
  readonly links: LinkTable;
  readonly retention: LinkRetention;
  readonly attempts: AttemptTable;
  readonly idempotency: Idempotency;
  readonly outbox: Outbox;
}

/** The one alarm of an organization: when it is due next, and what is deleted then. */
export class Alarm {
  readonly #storage: DurableObjectStorage;
  readonly #parts: Parts;

  constructor(storage: DurableObjectStorage, parts: Parts) {
    this.#storage = storage;
    this.#parts = parts;
  }

  /** Forgets what was kept long enough, and sets the next alarm. */
  run(now: number): void {
    const { identity, retention, attempts, idempotency } = this.#parts;
    retention.run(identity.get().retentionDays, now);
    attempts.forgetOldPartials(now);
    idempotency.forgetOld(now);
    this.arm();
  }

  /** One alarm for what comes first: a delivery, a link that expires, something whose keeping ends. */
  arm(): void {
    const { identity, links, retention, attempts, idempotency, outbox } = this.#parts;
    const due = [
      outbox.nextDue(),
      links.nextExpiry(),
      retention.nextDue(identity.get().retentionDays),
      attempts.nextPartialDue(),
      idempotency.nextDue(),
    ].filter((time) => time !== null);
    if (due.length === 0) this.#storage.deleteAlarm();
    else this.#storage.setAlarm(Math.min(...due));
  }
}
