import type { CommandParams } from "@passage/protocol/commands";
import type { DeclaredResult } from "@passage/protocol/declared-commands";
import type { StatusClass } from "@passage/protocol/reads/declaration";
import type { YieldRequest, YieldResult } from "@passage/protocol/yield";
import type * as z from "zod";
import { named, runBatch } from "./batch.ts";
import type { Issued } from "./issued.ts";
import { nameOfRead, type ParamsOf, type Read, type Rules } from "./read.ts";
import { blameFor, dataOf, type ReadAnswer, readAnswer, siteAnswerMs } from "./read-answer.ts";
import type { Sensitive } from "./sensitive.ts";
import {
  type Click,
  type Commit,
  type Condition,
  type Fill,
  nameOfStep,
  type Pause,
  type Place,
  type Step,
} from "./step.ts";
import { placed } from "./step-error.ts";

/** A read without parameters, within `reads({ … })`, has them inferred as any name at all. */
type Given<Params extends Rules> = string extends keyof Params
  ? []
  : keyof Params extends never
    ? []
    : [params: ParamsOf<Params>];

export interface Turn {
  /** What ends it: conditions and at most one commit. `condition` of the result is an index of this list. */
  readonly until: readonly (Condition | Commit)[];
  readonly heading?: string;
  readonly subheading?: string;
  readonly match?: YieldRequest["match"];
}

/** What an operation's `run` gets: the user's page, on which it does what its manifest declares by name, and nothing else of the world. */
export interface Page {
  /** Makes an operation of the session the active one. `runOperation` does it before it runs one. */
  begin(operation: { readonly operation: string }): Promise<void>;
  /** The data of a read. Rejects with the failure that the site's response means. */
  read<Data extends z.ZodType, Params extends Rules>(
    read: Read<Data, Params>,
    ...params: Given<Params>
  ): Promise<z.output<Data>>;
  /** As `read`, for a run that handles a status or a drift itself. `first`: a pause in the same round trip. */
  ask<Data extends z.ZodType, Params extends Rules>(
    read: Read<Data, Params>,
    params: ParamsOf<Params>,
    options?: { readonly first?: Pause },
  ): Promise<ReadAnswer<z.output<Data>>>;
  /** Opens a place; null where the host cannot see a status. */
  go(place: Place): Promise<StatusClass | null>;
  /** Whether the condition holds now. */
  at(condition: Condition): Promise<boolean>;
  /**
   * Which of the conditions hold now, in one round trip.
   * @param options `first` is waited for before it is looked, for `timeoutMs`.
   * @throws `timeout` where `first` does not come to hold.
   */
  look(
    conditions: readonly Condition[],
    options?: { readonly first?: Condition; readonly timeoutMs?: number },
  ): Promise<boolean[]>;
  /** Waits until the condition holds. */
  until(condition: Condition, timeoutMs?: number): Promise<void>;
  /** Clicks, the match number `nth` of those that the step allows to choose from. */
  tap(click: Click, options?: { readonly nth?: number; readonly timeoutMs?: number }): Promise<void>;
  /** Types an argument of the operation. */
  enter(fill: Fill, value: string | Sensitive): Promise<void>;
  /** As `enter`, for several fields in order, in one round trip. */
  enterAll(fields: readonly (readonly [fill: Fill, value: string | Sensitive])[]): Promise<void>;
  rest(pause: Pause): Promise<void>;
  /** Shows the person what is done meanwhile, in words of the manifest's `says`. */
  updateStatus(status: CommandParams<"updateStatus">): Promise<void>;
  /** Gives the page to the person. A commit is asked of them by the device, which then makes it. */
  turn(turn: Turn): Promise<YieldResult>;
}

/** The page over one function that carries a request to the device and brings back its result. An error says at which step it came. */
export function pageOver(issue: (request: Issued) => Promise<unknown>): Page {
  const take = async (step: Step, holes: object = {}): Promise<DeclaredResult<"step">> => {
    const params = { step: nameOfStep(step), ...holes };
    return (await issue({ command: "step", params }).catch(placed("step", step))) as DeclaredResult<"step">;
  };
  return {
    async begin(params) {
      await issue({ command: "begin", params });
    },
    async read(read, ...[params]) {
      return dataOf(read, await ask(read, params ?? {}));
    },
    ask: (read, params, options = {}) => ask(read, params, options.first),
    async go(place) {
      return (await take(place)).status ?? null;
    },
    async at(condition) {
      const params = { step: nameOfStep(condition) };
      return ((await issue({ command: "at", params }).catch(placed("at", condition))) as DeclaredResult<"at">).holds;
    },
    async look(conditions, { first, timeoutMs } = {}) {
      const timeout = timeoutMs !== undefined && { timeout: timeoutMs };
      const wait = first ? [named("step", first, { ...timeout })] : [];
      const asked = conditions.map((one) => named("at", one));
      const results = await runBatch(issue, [...wait, ...asked]);
      return results.slice(wait.length).map((one) => (one as DeclaredResult<"at">).holds);
    },
    async until(condition, timeoutMs) {
      await take(condition, { ...(timeoutMs !== undefined && { timeout: timeoutMs }) });
    },
    async tap(click, { nth, timeoutMs } = {}) {
      await take(click, { ...(nth !== undefined && { nth }), ...(timeoutMs !== undefined && { timeout: timeoutMs }) });
    },
    async enter(fill, value) {
      await take(fill, { value });
    },
    async enterAll(fields) {
      await runBatch(
        issue,
        fields.map(([fill, value]) => named("step", fill, { value })),
      );
    },
    async rest(pause) {
      await take(pause, { timeout: pauseTimeoutMs(pause) });
    },
    async updateStatus(status) {
      await issue({ command: "updateStatus", params: status });
    },
    async turn({ until, heading, subheading, match }) {
      const status = { ...(heading !== undefined && { heading }), ...(subheading !== undefined && { subheading }) };
      const conditions = until.map((one) => ({ type: "step" as const, step: nameOfStep(one) }));
      const asked = issue({ yield: { conditions, status, ...(match && { match }) } });
      const commit = until.find(({ declaration }) => "commit" in declaration);
      return (await (commit ? asked.catch(placed("yield", commit)) : asked)) as YieldResult;
    },
  };

  async function ask<Data extends z.ZodType>(
    read: Read<Data>,
    params: object,
    first?: Pause,
  ): Promise<ReadAnswer<z.output<Data>>> {
    const { declaration } = read;
    const waits = declaration.source === "request" ? (declaration.after?.withinMs ?? 0) : 0;
    const wanted = {
      read: nameOfRead(read),
      ...(Object.keys(params).length > 0 && { params }),
      ...(read.newest !== undefined && { newest: read.newest }),
      timeout: siteAnswerMs + waits,
    };
    const pause = first && named("step", first, { timeout: pauseTimeoutMs(first) });
    try {
      const asked = { command: "read" as const, params: wanted };
      const answer = pause ? (await runBatch(issue, [pause, asked])).at(-1) : await issue(asked);
      return readAnswer(read, answer);
    } catch (error) {
      throw blameFor(read, error);
    }
  }
}

function pauseTimeoutMs({ declaration }: Pause): number {
  return declaration.pauseMs + 30_000;
}
