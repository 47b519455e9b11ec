import type { Attempts } from "./attempts.ts";
import type { Idempotency } from "./idempotency.ts";
import type { Identity } from "./identity.ts";
import type { LinkChanges } from "./link-changes.ts";
import type { Links } from "./links.ts";
import type { Webhooks } from "./webhooks.ts";

interface Parts {
  readonly identity: Identity;
  readonly links: Links;
  readonly linkChanges: LinkChanges;
  readonly attempts: Attempts;
  readonly idempotency: Idempotency;
  readonly webhooks: Webhooks;
}

/** What time asks of an organization: when it is due next, and what is forgotten then. */
export class Upkeep {
  readonly #storage: DurableObjectStorage;
  readonly #parts: Parts;

  constructor(storage: DurableObjectStorage, parts: Parts) {
    this.#storage = storage;
    this.#parts = parts;
  }

  /** Forgets what was kept long enough, and sets the next alarm. */
  run(now: number): void {
    const { identity, linkChanges, attempts, idempotency } = this.#parts;
    linkChanges.retain(identity.get().retentionDays, now);
    attempts.forgetOldPartials(now);
    idempotency.forgetOld(now);
    this.arm();
  }

  /** One alarm for what comes first: a delivery, a link that expires, something whose keeping ends. */
  arm(): void {
    const { identity, links, linkChanges, attempts, idempotency, webhooks } = this.#parts;
    const due = [
      webhooks.nextDue(),
      links.nextExpiry(),
      linkChanges.nextRetention(identity.get().retentionDays),
      attempts.nextPartialDue(),
      idempotency.nextDue(),
    ].filter((time) => time !== null);
    if (due.length === 0) this.#storage.deleteAlarm();
    else this.#storage.setAlarm(Math.min(...due));
  }
}
