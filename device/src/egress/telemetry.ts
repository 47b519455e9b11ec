import { captureEvents } from "@passage/protocol/session";
import type { Incident } from "../incident.ts";
import type { Egress } from "./gate.ts";
import { elsewhere, publicUrl } from "./public-url.ts";

const kept = 500;
/** Captures that wait for their acknowledgement. */
const keptCaptures = 4;
/** Of other apps. A page can make up a scheme, and write into its name what it likes. */
const usualSchemes: ReadonlySet<string> = new Set(["mailto", "tel", "sms", "intent", "market", "itms-apps"]);

interface Event {
  readonly type: string;
  readonly ts: number;
  readonly source: string;
  readonly payload: Record<string, unknown>;
}

/** Events on their way to the server: numbered, kept until acknowledged, sent again after each reconnect. */
export class Telemetry {
  readonly #egress: Egress;
  #waiting: Event[] = [];
  #unacknowledged: { readonly clientSeq: number; readonly events: Event[] }[] = [];
  #lastSeq = 0;
  #open = false;
  #placeOf: ((url: string) => string) | null = null;

  constructor(egress: Egress) {
    this.#egress = egress;
  }

  /** From now on of each address only its place is told, of another app only whether it is a usual one, and nothing is captured. */
  shape(placeOf: (url: string) => string): void {
    this.#placeOf = placeOf;
  }

  navigated(url: string): void {
    const address = publicUrl(url);
    if (!address.startsWith("http")) return;
    this.#tell("navigation", { url: this.#placeOf?.(url) ?? address, isMainFrame: true });
  }

  happened({ type, ...payload }: Incident): void {
    if (!this.#placeOf) return this.#tell(type, payload);
    const shaped: Record<string, unknown> = { ...payload };
    if (typeof shaped.url === "string") shaped.url = this.#placeOf(shaped.url);
    if (typeof shaped.scheme === "string" && !usualSchemes.has(shaped.scheme)) shaped.scheme = elsewhere;
    this.#tell(type, shaped);
  }

  /** A capture has a batch to itself. Without a connection it is left out: a later one shows more. */
  captured(type: string, payload: Record<string, unknown>): void {
    if (!this.#open || this.#placeOf) return;
    this.#flush();
    this.#send({ clientSeq: ++this.#lastSeq, events: [event(type, payload)] });
    const captures = this.#unacknowledged.filter(({ events }) => captureEvents.includes(events[0]?.type ?? ""));
    const tooMany = captures.slice(0, -keptCaptures);
    this.#unacknowledged = this.#unacknowledged.filter((batch) => !tooMany.includes(batch));
  }

  /** The server's hello says what it has already. What it lacks is sent again, then what waited for a connection. */
  resume(lastClientSeq: number): void {
    this.acknowledge(lastClientSeq);
    this.#lastSeq = Math.max(this.#lastSeq, lastClientSeq);
    this.#open = true;
    for (const batch of this.#unacknowledged) this.#egress.send({ type: "client.events", ...batch });
    this.#flush();
  }

  disconnected(): void {
    this.#open = false;
  }

  acknowledge(clientSeq: number): void {
    this.#unacknowledged = this.#unacknowledged.filter((batch) => batch.clientSeq > clientSeq);
  }

  #tell(type: string, payload: Record<string, unknown>): void {
    if (this.#placeOf && !this.#egress.told.tellEvent()) return;
    this.#waiting.push(event(type, payload));
    if (this.#waiting.length > kept) this.#waiting.shift();
    if (this.#open) this.#flush();
  }

  #flush(): void {
    if (this.#waiting.length === 0) return;
    const batch = { clientSeq: ++this.#lastSeq, events: this.#waiting };
    this.#waiting = [];
    this.#send(batch);
  }

  #send(batch: { readonly clientSeq: number; readonly events: Event[] }): void {
    this.#unacknowledged.push(batch);
    if (this.#unacknowledged.length > kept) this.#unacknowledged.shift();
    this.#egress.send({ type: "client.events", ...batch });
  }
}

function event(type: string, payload: Record<string, unknown>): Event {
  return { type, ts: Date.now(), source: "device", payload };
}
