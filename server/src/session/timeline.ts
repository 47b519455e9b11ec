import type { DebugEnvelope, Direction } from "@passage/protocol/session";
import type { SessionTrace } from "@passage/protocol/trace";
import { timelineLimits } from "../limits.ts";
import { KeptSize } from "./kept-size.ts";
import { type Outline, traceOf } from "./trace.ts";

/** A message over this length stands in the timeline by its type and id alone, marked `truncated`. */
const longestMessage = 65_536;
const flushAfterMs = 2_000;
/** A burst of so many characters is written at once: memory stays bounded, and so does the one parameter that holds it. */
const flushAt = 400_000;

/** SQL of an entry's message, and of its id: a yield's stands one level deeper. */
const message = "(value ->> 'message')";
const id = `coalesce(${message} ->> '$.id', ${message} ->> '$.yield.id')`;

interface Entry {
  readonly direction: Direction;
  readonly message: string;
  readonly ts: number;
}

/**
 * Every message in the order the session saw it, for viewers that come late. Written behind, a row per batch: a relayed
 * command does not wait for it, and a crash may lose the last two seconds of it. Nothing is decided by it. A row has the
 * number of its last message as `seq`.
 */
export class Timeline {
  readonly #sql: SqlStorage;
  readonly #kept: KeptSize;
  #buffer: Entry[] = [];
  #buffered = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#kept = new KeptSize(sql, { table: "timeline", size: "size", slack: 1 / 8 }, timelineLimits.size);
  }

  /** @param message JSON text, as it was sent or received. */
  add(direction: Direction, message: string): void {
    this.#buffer.push({
      direction,
      message: message.length > longestMessage ? outline(message) : message,
      ts: Date.now(),
    });
    this.#buffered += message.length;
    if (this.#buffered >= flushAt) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), flushAfterMs);
  }

  flush(): void {
    const entries = this.#drain();
    if (entries.length === 0) return;
    const size = sizeOf(entries);
    this.#sql.exec(
      "INSERT INTO timeline (seq, entries, size) VALUES ((SELECT COALESCE(MAX(seq), 0) FROM timeline) + ?, ?, ?)",
      entries.length,
      JSON.stringify(entries),
      size,
    );
    this.#kept.added(size);
    this.#sql.exec("DELETE FROM timeline WHERE seq <= (SELECT MAX(seq) FROM timeline) - ?", timelineLimits.messages);
  }

  history(): DebugEnvelope[] {
    this.flush();
    return this.#sql
      .exec<{ entries: string }>("SELECT entries FROM timeline ORDER BY seq")
      .toArray()
      .flatMap(({ entries }) => (JSON.parse(entries) as Entry[]).map(envelope));
  }

  /** Each request to the device: names, times and codes. */
  trace(): SessionTrace["trace"] {
    this.flush();
    return traceOf(
      this.#sql
        .exec<{ [Field in keyof Outline]: Outline[Field] }>(
          `SELECT seq - json_array_length(entries) + 1 + key AS seq, value ->> 'direction' AS direction,
            ${message} ->> '$.type' AS type, ${id} AS id, ${message} ->> '$.command' AS command,
            ${message} ->> '$.error.code' AS code, value ->> 'ts' AS ts FROM timeline, json_each(entries)
            ORDER BY timeline.seq, key`,
        )
        .toArray(),
    );
  }

  /** Keeps of each message what it was, and drops what it said. What is not yet written joins the last row. */
  forget(): void {
    const rows = this.#sql
      .exec<{ seq: number; entries: string }>("SELECT seq, entries FROM timeline ORDER BY seq")
      .toArray();
    if (rows.length === 0) {
      this.#buffer = this.#buffer.map(withoutWords);
      return this.flush();
    }
    const unwritten = this.#drain();
    for (const { seq, entries } of rows) {
      const joined = seq === rows.at(-1)?.seq ? unwritten : [];
      const kept = [...(JSON.parse(entries) as Entry[]), ...joined].map(withoutWords);
      const query = "UPDATE timeline SET seq = ?, entries = ?, size = ? WHERE seq = ?";
      this.#sql.exec(query, seq + joined.length, JSON.stringify(kept), sizeOf(kept), seq);
    }
  }

  #drain(): Entry[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = this.#buffer;
    this.#buffer = [];
    this.#buffered = 0;
    return entries;
  }
}

function sizeOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { message }) => sum + message.length, 0);
}

export function envelope({ direction, message, ts }: Entry): DebugEnvelope {
  return { direction, message: JSON.parse(message), ts: new Date(ts).toISOString() };
}

function outline(message: string): string {
  return JSON.stringify({ ...outlineOf(message), truncated: true });
}

function withoutWords(entry: Entry): Entry {
  return { ...entry, message: JSON.stringify(outlineOf(entry.message)) };
}

function outlineOf(message: string) {
  const {
    type,
    id,
    yield: turn,
    command,
    error,
  } = JSON.parse(message) as {
    readonly [field in "type" | "id" | "command"]?: unknown;
  } & { readonly yield?: { readonly id?: unknown }; readonly error?: { readonly code?: unknown } | null };
  return { type, id: id ?? turn?.id, command, error: { code: error?.code } };
}
