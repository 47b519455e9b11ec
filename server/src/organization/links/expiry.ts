import { expiryEvent } from "../events/event-bodies.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import type { LinkTable } from "./link-table.ts";
import type { LinkMoves } from "./moves.ts";

interface Parts {
  readonly links: LinkTable;
  readonly moves: LinkMoves;
  readonly outbox: Outbox;
}

/** Lets links expire: by the alarm, and before a reader could see a link that is past its time. */
export class LinkExpiry {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Expires every link whose time is over, each in one commit with its event. */
  async run(): Promise<void> {
    const { links, moves, outbox } = this.#parts;
    for (let batch = links.expiring(Date.now()); batch.length > 0; batch = links.expiring(Date.now())) {
      const events = await Promise.all(
        batch.map((linkId) => outbox.prepare((id) => expiryEvent(id, linkId, Date.now()))),
      );
      for (const [index, linkId] of batch.entries()) {
        // A claim, or another reader, may have come first.
        const link = links.byId(linkId);
        if (link) moves.apply(link, { type: "timePassed" }, Date.now(), events[index]);
      }
    }
  }
}
