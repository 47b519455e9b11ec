import { linkEvent } from "@passage/protocol/events";
import type { EventSummary } from "@passage/protocol/webhooks";
import { type Delivered, startReceiver } from "../harness/receiver.ts";
import type { Random } from "./random.ts";

/** A receiver that fails at random, and what arrived at each of its paths. */
export class WebhookLedger {
  readonly #receiver: Awaited<ReturnType<typeof startReceiver>>;
  readonly #paths: readonly string[];

  private constructor(receiver: Awaited<ReturnType<typeof startReceiver>>, paths: readonly string[]) {
    this.#receiver = receiver;
    this.#paths = paths;
  }

  /** @param failing how often a request is not taken, from 0 to 1. */
  static async start(paths: readonly string[], failing: number, random: Random): Promise<WebhookLedger> {
    const failures = [500, 503, 429, 302, "cut"] as const;
    const answer = () => (random.chance(failing) ? random.pick(failures) : 200);
    return new WebhookLedger(await startReceiver(answer), paths);
  }

  url(path: string): string {
    return new URL(path, this.#receiver.url).href;
  }

  get requests(): number {
    return this.#receiver.deliveries.length;
  }

  /** Requests that were answered with 200; more than the events times the paths are repeats. */
  get taken(): number {
    return this.#receiver.deliveries.filter((one) => one.status === 200).length;
  }

  /** Resolves when each of the events was taken at each path. */
  async took(events: readonly EventSummary[]): Promise<void> {
    while (this.missing(events).length > 0) await this.#receiver.count(this.requests + 1);
  }

  /** The events that some path has not taken, with the path. */
  missing(events: readonly EventSummary[]): string[] {
    return this.#paths.flatMap((path) => {
      const taken = new Set(this.#at(path).map(({ status, body }) => status === 200 && eventOf(body).id));
      return events.filter(({ id }) => !taken.has(id)).map(({ id, type }) => `${type} ${id} at ${path}`);
    });
  }

  /** Where a path was offered an event of a link after a later one of it. `events` are in the log's order. */
  disorder(events: readonly EventSummary[]): string[] {
    const places = new Map(events.map(({ id }, place) => [id, place]));
    return this.#paths.flatMap((path) => {
      const latest = new Map<string, number>();
      return this.#at(path).flatMap(({ body }) => {
        const { id, linkId } = eventOf(body);
        const [place, before] = [places.get(id) ?? -1, latest.get(linkId) ?? -1];
        latest.set(linkId, Math.max(place, before));
        return place < before ? [`${id} of ${linkId} came to ${path} after a later one`] : [];
      });
    });
  }

  async stop(): Promise<void> {
    await this.#receiver.stop();
  }

  #at(path: string): Delivered[] {
    return this.#receiver.deliveries.filter((one) => one.path === path);
  }
}

const parsed = new Map<string, { id: string; linkId: string }>();

function eventOf(body: string): { id: string; linkId: string } {
  const known = parsed.get(body) ?? linkEvent.parse(JSON.parse(body));
  parsed.set(body, known);
  return known;
}
