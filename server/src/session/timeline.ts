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

/** A yield's id stands one level deeper. */
const id = "coalesce(message ->> '$.id', message ->> '$.yield.id')";

interface Entry {
  readonly direction: Direction;
  readonly message: string;
  readonly ts: number;
}

/**
 * Every message in the order the session saw it, for viewers that come late. Written behind: a relayed command does not wait
 * for it, and a crash may lose the last two seconds of it. Nothing is decided by it.
 */
export class Timeline {
  readonly #sql: SqlStorage;
  readonly #kept: KeptSize;
  #buffer: Entry[] = [];
  #buffered = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#kept = new KeptSize(sql, { table: "timeline", size: "length(message)", slack: 1 / 8 }, timelineLimits.size);
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#buffer.length === 0) return;
    this.#sql.exec(
      `INSERT INTO timeline (direction, message, ts)
        SELECT value ->> 'direction', value ->> 'message', value ->> 'ts' FROM json_each(?) ORDER BY key`,
      JSON.stringify(this.#buffer),
    );
    this.#kept.added(this.#buffered);
    this.#buffer = [];
    this.#buffered = 0;
    this.#sql.exec("DELETE FROM timeline WHERE seq <= (SELECT MAX(seq) FROM timeline) - ?", timelineLimits.messages);
  }

  history(): DebugEnvelope[] {
    this.flush();
    return this.#sql
      .exec<{ direction: Direction; message: string; ts: number }>(
        "SELECT direction, message, ts FROM timeline ORDER BY seq",
      )
      .toArray()
      .map(({ direction, message, ts }) => envelope({ direction, message, ts }));
  }

  /** Each request to the device: names, times and codes. */
  trace(): SessionTrace["trace"] {
    this.flush();
    return traceOf(
      this.#sql
        .exec<{ [Field in keyof Outline]: Outline[Field] }>(
          `SELECT seq, direction, message ->> '$.type' AS type, ${id} AS id, message ->> '$.command' AS command,
            message ->> '$.error.code' AS code, ts FROM timeline ORDER BY seq`,
        )
        .toArray(),
    );
  }

  /** Keeps of each message what it was, and drops what it said. */
  forget(): void {
    this.flush();
    this.#sql.exec(`UPDATE timeline SET message = json_patch('{}', json_object('type', message ->> '$.type', 'id', ${id},
      'command', message ->> '$.command', 'error', json_object('code', message ->> '$.error.code')))`);
  }
}

export function envelope({ direction, message, ts }: Entry): DebugEnvelope {
  return { direction, message: JSON.parse(message), ts: new Date(ts).toISOString() };
}

function outline(message: string): string {
  const { type, id, command, error } = JSON.parse(message) as Record<string, unknown>;
  return JSON.stringify({
    type,
    id,
    command,
    error: error && { code: (error as { code: unknown }).code },
    truncated: true,
  });
}
