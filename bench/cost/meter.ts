/** What the objects of one class did since the last reading. */
export interface Usage {
  /** Requests that an object gets, by name: calls by RPC, `fetch`, ends of sockets, alarms that went off. */
  calls: Record<string, number>;
  /** Messages of sockets that came in. */
  messages: number;
  /** Changes of an object's alarm; each is priced as a row written. */
  alarms: { set: number; deleted: number };
  /** Rows written with those of indexes, by verb and table. */
  rows: Record<string, number>;
  /** How long at least one object of the class was kept awake by a request or a timer. */
  awakeMs: number;
  /** Sizes of the databases that were written, in bytes. */
  bytes: number;
}

export interface Reading {
  readonly usage: Readonly<Record<string, Usage>>;
  /** What is under way: while it is not 0, more may be counted. */
  readonly underWay: number;
}

/** The counters of one class. */
class Counters {
  readonly #sizes = new Map<Sql, number>();
  #usage = empty();
  #underWay = 0;
  #since = 0;

  get underWay(): number {
    return this.#underWay;
  }

  called(name: string): void {
    this.#usage.calls[name] = (this.#usage.calls[name] ?? 0) + 1;
  }

  received(): void {
    this.#usage.messages += 1;
  }

  alarm(change: "set" | "deleted"): void {
    this.#usage.alarms[change] += 1;
  }

  wrote(sql: Sql, query: string, { rowsWritten }: Cursor): void {
    // The first step of a statement writes all that it writes, also with RETURNING.
    if (rowsWritten === 0) return;
    const { rows } = this.#usage;
    const kind = kindOf(query);
    rows[kind] = (rows[kind] ?? 0) + rowsWritten;
    this.#sizes.set(sql, sql.databaseSize);
  }

  began(): void {
    if (this.#underWay++ === 0) this.#since = Date.now();
  }

  ended(): void {
    if (--this.#underWay === 0) this.#usage.awakeMs += Date.now() - this.#since;
  }

  read(): Usage {
    const bytes = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    const usage = { ...this.#usage, bytes };
    this.#sizes.clear();
    this.#usage = empty();
    return usage;
  }
}

interface Cursor {
  readonly rowsWritten: number;
}

interface Sql {
  exec(query: string, ...bindings: unknown[]): Cursor;
  readonly databaseSize: number;
}

interface Context {
  waitUntil(promise: Promise<unknown>): void;
  readonly storage: {
    readonly sql: Sql;
    setAlarm(time: number): Promise<void>;
    deleteAlarm(): Promise<void>;
  };
}

type ObjectClass = new (context: Context, env: unknown) => object;
type Method = (this: object, ...given: unknown[]) => unknown;

const counters = new Map<string, Counters>();

/** The class with all that its objects cost counted under this name. */
export function metered(name: string, Base: ObjectClass): ObjectClass {
  const counter = new Counters();
  counters.set(name, counter);
  class Metered extends Base {
    constructor(context: Context, env: unknown) {
      meterContext(context, counter);
      counter.began();
      super(context, env);
      counter.ended();
    }
  }
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(Base.prototype)))
    if (key !== "constructor") Object.defineProperty(Metered.prototype, key, meteredMethod(key, descriptor, counter));
  return Metered;
}

/** What was counted since the last reading, which begins the next one. */
export function read(): Reading {
  const usage = Object.fromEntries([...counters].map(([name, counter]) => [name, counter.read()]));
  return { usage, underWay: [...counters.values()].reduce((sum, { underWay }) => sum + underWay, 0) };
}

/** Timers keep the object that set them awake. Only sessions set any. */
export function meterTimers(name: string): void {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const pending = new Set<unknown>();
  const end = (timer: unknown) => {
    if (pending.delete(timer)) counters.get(name)?.ended();
  };
  const metered = (run: () => void, ms: number) => {
    const timer = set(() => {
      try {
        run();
      } finally {
        end(timer);
      }
    }, ms);
    pending.add(timer);
    counters.get(name)?.began();
    return timer;
  };
  const cleared = (timer: ReturnType<typeof setTimeout>) => {
    end(timer);
    clear(timer);
  };
  Object.assign(globalThis, { setTimeout: metered, clearTimeout: cleared });
}

function meterContext(context: Context, counter: Counters): void {
  const { storage } = context;
  const { sql } = storage;
  const exec = sql.exec.bind(sql);
  const waitUntil = context.waitUntil.bind(context);
  const { setAlarm, deleteAlarm } = {
    setAlarm: storage.setAlarm.bind(storage),
    deleteAlarm: storage.deleteAlarm.bind(storage),
  };
  Object.defineProperty(sql, "exec", {
    value: (query: string, ...bindings: unknown[]) => {
      // A cursor counts the rows of its last statement.
      const statements = query.includes("CREATE ")
        ? withoutComments(query)
            .split(";")
            .filter((one) => one.trim())
        : [query];
      const cursors = statements.map((one) => {
        const cursor = exec(one, ...bindings);
        counter.wrote(sql, one, cursor);
        return cursor;
      });
      return cursors.at(-1);
    },
  });
  Object.defineProperty(storage, "setAlarm", {
    value: (time: number) => {
      counter.alarm("set");
      return setAlarm(time);
    },
  });
  Object.defineProperty(storage, "deleteAlarm", {
    value: () => {
      counter.alarm("deleted");
      return deleteAlarm();
    },
  });
  Object.defineProperty(context, "waitUntil", {
    value: (promise: Promise<unknown>) => {
      counter.began();
      waitUntil(promise.finally(() => counter.ended()));
    },
  });
}

function meteredMethod(key: string, descriptor: PropertyDescriptor, counter: Counters): PropertyDescriptor {
  const { get, value } = descriptor;
  if (get)
    return {
      ...descriptor,
      get(this: object) {
        counter.called(key);
        return get.call(this);
      },
    };
  if (typeof value !== "function") return descriptor;
  return {
    ...descriptor,
    value: function (this: object, ...given: unknown[]) {
      if (key === "webSocketMessage") counter.received();
      else counter.called(key);
      counter.began();
      const result = (value as Method).apply(this, given);
      if (result instanceof Promise) return result.finally(() => counter.ended());
      counter.ended();
      return result;
    },
  };
}

function kindOf(query: string): string {
  const text = query.replaceAll(/\s+/g, " ").trim();
  if (/^(CREATE|ALTER|DROP) |schema_version/.test(text)) return "schema";
  const [, verb = "?", table = "?"] =
    /\b(INSERT) (?:OR \w+ )?INTO (\w+)/.exec(text) ??
    /\b(UPDATE) (\w+)/.exec(text) ??
    /\b(DELETE) FROM (\w+)/.exec(text) ??
    [];
  return `${verb.toLowerCase()} ${table}`;
}

function withoutComments(query: string): string {
  return query.replaceAll(/--.*$/gm, "");
}

function empty(): Usage {
  return { calls: {}, messages: 0, alarms: { set: 0, deleted: 0 }, rows: {}, awakeMs: 0, bytes: 0 };
}
