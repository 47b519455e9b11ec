import { PassageError, sessionError } from "../errors.ts";
import {
  type Commands,
  commandNames,
  type Drift,
  defaultCommandTimeoutMs,
  defaultYieldTimeoutMs,
  type Shape,
  type YieldRequest,
  type YieldResult,
} from "../protocol.generated.ts";
import type { CallOptions } from "./command.ts";
import type { CommandName, CommandParams, CommandResult } from "./commands.ts";
import type { BrowserEvents, SessionWorker } from "./session-worker.ts";
import type { ShapeValue } from "./shape-value.ts";

/** A command of a {@link Browser.batch}. */
export type BatchCommand = {
  [Name in CommandName]: Record<never, never> extends CommandParams<Name>
    ? { command: Name; params?: CommandParams<Name> | undefined }
    : { command: Name; params: CommandParams<Name> };
}[CommandName];

/** The results of a batch, each of its command's type. */
export type BatchResults<Batch extends readonly BatchCommand[]> = {
  -readonly [Index in keyof Batch]: CommandResult<Batch[Index]["command"]>;
};

/** A request of the page's for {@link Browser.read}, as `fetchInPage` takes it. */
export type ReadRequest = Omit<CommandParams<"fetchInPage">, "as" | "schema" | "timeout">;

/** What a read brings: the data in the schema's type, null where the status is not 2xx. */
export interface ReadResult<S extends Shape> {
  status: number;
  data: ShapeValue<S> | null;
  /** Where decoration (`orNull`) did not fit. */
  drift: Drift[];
}

/**
 * The webview on the user's device, driven from here. Calls run one at a time, in the order they are made. You do not need
 * to handle a lost connection, on either side: calls wait, and nothing is done twice.
 *
 * Calls reject with a {@link PassageError}: its `code` is the device's, `command` names the call.
 */
export interface Browser extends Commands {
  readonly sessionId: string;

  /** Resolves when a device is connected; at once when it already is. */
  waitForClient(options?: CallOptions): Promise<void>;

  /**
   * Hands the page to the person until the conditions hold. What they type stays on the device; the automation goes on with
   * what it may know. Meanwhile only `updateStatus` goes through. Without `optional` a timeout ends the session as failed.
   */
  yieldToUser(request: YieldRequest & CallOptions): Promise<YieldResult>;

  /**
   * Has the page make the request, and takes of its JSON only what the schema names, each leaf written anew on the device; all
   * else stays there. Rejects with `extract_failed` where the response does not fit, and says where.
   */
  read<const S extends Shape>(
    read: { request: ReadRequest; schema: S; timeout?: number | undefined },
    options?: CallOptions,
  ): Promise<ReadResult<S>>;

  /**
   * Runs commands in order on the device, in one round trip. Rejects with the first error: its `details.index` says which
   * command failed, `details.results` what those before it answered.
   */
  batch<const Batch extends readonly BatchCommand[]>(
    commands: Batch,
    options?: CallOptions,
  ): Promise<BatchResults<Batch>>;

  /** Ends the session as complete, after the calls before it. Resolves when the server has it. */
  complete(result?: unknown, options?: CallOptions): Promise<void>;

  /** Ends the session as failed, at once: calls under way reject with `session_terminal`. */
  fail(error: { code: string; message: string }, options?: CallOptions): Promise<void>;

  /** Leaves. The session goes on until its time is over; `passage.sessions.connect` takes it up again. */
  close(): void;

  /** Listens; returns what stops listening. */
  on<Name extends keyof BrowserEvents>(name: Name, listener: (...given: BrowserEvents[Name]) => void): () => void;
}

/** The calls over the one worker that carries them. */
export function createBrowser(worker: SessionWorker, sessionId: string): Browser {
  const run = ({ signal, ...params }: CallOptions & { timeout?: number | undefined }, command: string) =>
    worker.ask(
      {
        command,
        message: { type: "worker.command", command, params },
        patienceMs: params.timeout ?? defaultCommandTimeoutMs,
      },
      signal,
    );
  const methods = commandNames.map((name) => [name, (params = {}) => run(params, name).then((result) => result ?? {})]);
  return {
    ...(Object.fromEntries(methods) as unknown as Commands),
    sessionId,
    waitForClient: ({ signal } = {}) => worker.waitForClient(signal),
    yieldToUser: ({ signal, ...request }) =>
      worker.ask(
        {
          command: "yieldToUser",
          message: { ...request, type: "worker.yield_to_user" },
          patienceMs: request.timeout ?? defaultYieldTimeoutMs,
        },
        signal,
      ) as Promise<YieldResult>,
    async read({ request, schema, timeout }, options = {}) {
      const params = { ...options, ...request, schema, ...(timeout !== undefined && { timeout }) };
      const { status, body, drift = [] } = (await run(params, "fetchInPage")) as CommandResult<"fetchInPage">;
      return { status, data: body as never, drift };
    },
    async batch(commands, options = {}) {
      const params = { ...options, commands };
      return resultsOf(commands, await run(params, "batch")) as BatchResults<typeof commands>;
    },
    complete: async (result = null, { signal } = {}) => {
      await worker.ask({ command: "complete", message: { type: "worker.complete", result }, patienceMs: 0 }, signal);
    },
    fail: async (error, { signal } = {}) => {
      await worker.ask({ command: "fail", message: { type: "worker.fail", error }, patienceMs: 0 }, signal);
    },
    close: () => worker.close(),
    on: (name, listener) => worker.events.on(name, listener),
  };
}

type Entry = { result: unknown } | { error: { code: string; message: string; details?: Record<string, unknown> } };

/** The batch's answer as one result a command, or its error. */
function resultsOf(commands: readonly BatchCommand[], answer: unknown): unknown[] {
  const { results: entries = [] } = (answer ?? {}) as { results?: Entry[] };
  const results: unknown[] = [];
  for (const [index, entry] of entries.entries()) {
    if (!("error" in entry)) {
      results.push(entry.result ?? {});
      continue;
    }
    const { code, message, details } = entry.error;
    const command = commands[index]?.command ?? "batch";
    throw sessionError({ code, message, details: { ...details, index, results } }, { command });
  }
  if (results.length === commands.length) return results;
  throw new PassageError(
    "unexpected_response",
    `The device answered ${results.length} of ${commands.length} commands`,
    {
      command: "batch",
      details: { results },
    },
  );
}
