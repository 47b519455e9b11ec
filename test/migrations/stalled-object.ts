/** As the server's own types have them. */
interface Sql {
  exec(query: string, ...bindings: unknown[]): { toArray(): never[] };
}
type Step = (sql: Sql) => void;
type Migrate = (storage: Storage, object: string, steps: readonly Step[]) => void;

/** Where a migration stands still, for the process to be killed there. */
export interface Stall {
  readonly object: "organization" | "session" | "directory";
  /** The version that the folder's release left. */
  readonly from: number;
  /** The version that the step leads to. */
  readonly step: number;
  /** After half of the step's statements, none of them committed; or with the step on the disk. */
  readonly moment: "in the middle of" | "after";
}

/** The line that an object writes when it stands still. */
export const stalledLine = "stands still";

interface Storage {
  readonly sql: Sql;
  transactionSync(write: () => void): void;
  transaction(write: () => Promise<void>): Promise<void>;
  sync(): Promise<void>;
}
interface Context {
  readonly storage: Storage;
  blockConcurrencyWhile(wake: () => Promise<void>): void;
}

/**
 * An object that migrates as the product's does, up to the stall. Each step that it has gone is on the disk: the product goes all
 * its steps in one turn, which the platform may or may not write at once.
 *
 * @param migrate the server's own, with which it brings an object's tables to the newest version
 */
export function stalledObject(stall: Stall, steps: readonly Step[], migrate: Migrate) {
  return class {
    constructor(context: Context) {
      context.blockConcurrencyWhile(() => goUpTo(stall, steps, migrate, context.storage));
    }

    fetch(): void {}
    alarm(): void {}
  };
}

async function goUpTo(stall: Stall, steps: readonly Step[], migrate: Migrate, storage: Storage): Promise<void> {
  const { object, from, step, moment } = stall;
  const isAfter = moment === "after";
  for (let version = from + 1; version <= (isAfter ? step : step - 1); version++) {
    migrate(storage, object, steps.slice(0, version));
    await storage.sync();
  }
  if (isAfter) return standStill();
  await storage.transaction(() => {
    goHalfWay(storage, steps[step - 1] as Step);
    return standStill();
  });
}

function standStill(): Promise<never> {
  console.log(stalledLine);
  return new Promise(() => {});
}

/** Runs the first half of a step's statements; of a step with one, that one. */
function goHalfWay(storage: Storage, step: Step): void {
  let statements = 0;
  const whole = () =>
    storage.transactionSync(() => {
      step(eachStatement(storage.sql, () => statements++));
      throw new Half();
    });
  ignoringHalf(whole);
  const half = Math.ceil(statements / 2);
  let left = half;
  ignoringHalf(() =>
    step(
      eachStatement(storage.sql, () => {
        if (left-- === 0) throw new Half();
      }),
    ),
  );
}

/** Thrown to leave a step. */
class Half extends Error {}

function ignoringHalf(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Half)) throw error;
  }
}

/** @param before called before each statement that writes */
function eachStatement(sql: Sql, before: () => void): Sql {
  return {
    exec(query, ...bindings) {
      if (bindings.length > 0 || /^\s*SELECT/i.test(query)) return sql.exec(query, ...bindings);
      for (const statement of query.split(";").filter((part) => part.trim() !== "")) {
        before();
        sql.exec(statement);
      }
      return { toArray: () => [] };
    },
  };
}
