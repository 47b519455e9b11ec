import { type LinkEvent, linkEvent } from "@passage/protocol/events";
import { startReceiver } from "../harness/receiver.ts";

/** The one webhook receiver of all runs, read by link. */
export class Inbox {
  readonly #receiver: Awaited<ReturnType<typeof startReceiver>>;
  readonly #events = new Map<string, Map<string, LinkEvent>>();
  #read = 0;

  private constructor(receiver: Awaited<ReturnType<typeof startReceiver>>) {
    this.#receiver = receiver;
  }

  static async start(): Promise<Inbox> {
    return new Inbox(await startReceiver());
  }

  get url(): string {
    return this.#receiver.url;
  }

  get deliveries(): number {
    return this.#receiver.deliveries.length;
  }

  /** A link's events, one an id: a repeated delivery is the same event. */
  eventsOf(linkId: string): LinkEvent[] {
    for (; this.#read < this.#receiver.deliveries.length; this.#read++) {
      const event = linkEvent.parse(JSON.parse(this.#receiver.deliveries[this.#read]?.body ?? ""));
      const known = this.#events.get(event.linkId) ?? new Map<string, LinkEvent>();
      this.#events.set(event.linkId, known.set(event.id, event));
    }
    return [...(this.#events.get(linkId)?.values() ?? [])];
  }

  /** Resolves when the link has at least this many events. */
  async until(linkId: string, count: number): Promise<void> {
    while (this.eventsOf(linkId).length < count) await this.#receiver.count(this.deliveries + 1);
  }

  async stop(): Promise<void> {
    await this.#receiver.stop();
  }
}
