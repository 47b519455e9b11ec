import { expiryEvent } from "../events/event-bodies.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import type { LinkTable } from "./link-table.ts";

interface Parts {
  readonly links: LinkTable;
  readonly webhooks: Outbox;
}

/** Time does its part: by the alarm, and before a reader could see a link later than its end. */
export class LinkExpiry {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Expires every link whose time is over, each in one commit with its event; answers their ids. */
  async run(): Promise<string[]> {
    const { links, webhooks } = this.#parts;
    const expired: string[] = [];
    for (let batch = links.expiring(Date.now()); batch.length > 0; batch = links.expiring(Date.now())) {
      const prepared = batch.map(async ({ id: linkId, webhookUrl }) => {
        const event = await webhooks.prepare((id) => expiryEvent(id, linkId, Date.now()));
        return { linkId, webhookUrl, event };
      });
      for (const { linkId, webhookUrl, event } of await Promise.all(prepared)) {
        // A claim, or another reader, may have come first.
        if (!links.expire(linkId, Date.now())) continue;
        webhooks.emit(event, webhookUrl, Date.now());
        expired.push(linkId);
      }
    }
    return expired;
  }
}
