import type { LedgerHead } from "@passage/protocol/ledger";
import { type ClientMessage, captureEvents } from "@passage/protocol/session";
import { telemetryLimits } from "../limits.ts";
import { KeptSize } from "./kept-size.ts";

const isCapture = `type IN (${captureEvents.map((type) => `'${type}'`).join(", ")})`;

const navigateMark = "command.navigate";

export interface StoredEvent {
  readonly seq: number;
  /** When it happened on the device, and when it came in; epoch ms. */
  readonly ts: number;
  readonly serverTs: number;
  readonly source: string;
  readonly type: string;
  readonly payload: Record<string, unknown>;
}

type Row = { seq: number; ts: number; received_at: number; source: string; type: string; payload: string };
type TelemetryEvent = Batch["events"][number];
type Batch = Extract<ClientMessage, { type: "client.events" }>;

/** The device's event batches, each taken once: `clientSeq` only grows, and acks are cumulative. */
export class Telemetry {
  readonly #sql: SqlStorage;
  readonly #ledger: () => LedgerHead | null;
  readonly #captures: KeptSize;
  readonly #others: KeptSize;

  /** @param ledger where the device's ledger stands, kept with each event. */
  constructor(sql: SqlStorage, ledger: () => LedgerHead | null) {
    this.#sql = sql;
    this.#ledger = ledger;
    const rows = { table: "telemetry", size: "bytes" } as const;
    this.#captures = new KeptSize(sql, { ...rows, where: isCapture }, telemetryLimits.captureSize);
    this.#others = new KeptSize(sql, { ...rows, where: `NOT ${isCapture}`, slack: 1 / 8 }, telemetryLimits.eventSize);
  }

  lastClientSeq(): number {
    return this.#sql.exec<{ last: number | null }>("SELECT MAX(client_seq) AS last FROM telemetry").one().last ?? 0;
  }

  take({ clientSeq, events }: Batch, now: number): void {
    if (clientSeq <= this.lastClientSeq()) return;
    for (const event of events) this.#add(clientSeq, event, now);
    this.#trim();
  }

  /** Activity that the device tells outside of its batches: kept, not acknowledged. */
  note(type: string, entries: readonly Record<string, unknown>[], now: number): void {
    const source = "client";
    for (const payload of entries) this.#add(this.lastClientSeq(), { ts: now, source, type, payload }, now);
    this.#trim();
  }

  /** A navigation that the worker asked for: conditions look at what came after it. */
  noteNavigate(now: number): void {
    this.#add(this.lastClientSeq(), { ts: now, source: "server", type: navigateMark, payload: {} }, now);
  }

  sinceNavigate(): StoredEvent[] {
    const query = "SELECT MAX(seq) AS seq FROM telemetry WHERE type = ?";
    const { seq } = this.#sql.exec<{ seq: number | null }>(query, navigateMark).one();
    return this.page({ after: seq ?? 0, types: ["navigation", "net.response"], limit: telemetryLimits.events });
  }

  /** Oldest first, those after `after` (a `seq`), of these types or of all. */
  page(filter: { after: number; types: readonly string[]; limit: number }): StoredEvent[] {
    const { after, types, limit } = filter;
    const wanted = types.length > 0 ? `AND type IN (${types.map(() => "?").join(", ")})` : "";
    const query = `SELECT seq, ts, received_at, source, type, payload FROM telemetry WHERE seq > ? ${wanted} ORDER BY seq LIMIT ?`;
    return this.#sql
      .exec<Row>(query, after, ...types, limit)
      .toArray()
      .map(({ seq, ts, received_at, source, type, payload }) => ({
        seq,
        ts,
        serverTs: received_at,
        source,
        type,
        payload: JSON.parse(payload),
      }));
  }

  #add(clientSeq: number, { ts, source, type, payload }: TelemetryEvent, now: number): void {
    const text = JSON.stringify(payload);
    const query = `INSERT INTO telemetry (client_seq, ts, received_at, source, type, payload, bytes, ledger)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
    const ledger = this.#ledger();
    this.#sql.exec(query, clientSeq, ts, now, source, type, text, text.length, ledger && JSON.stringify(ledger));
    (captureEvents.includes(type) ? this.#captures : this.#others).added(text.length);
  }

  #trim(): void {
    this.#sql.exec("DELETE FROM telemetry WHERE seq <= (SELECT MAX(seq) FROM telemetry) - ?", telemetryLimits.events);
  }
}
