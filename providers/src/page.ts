import { type CommandName, type CommandParams, type CommandResult, commands } from "@passage/protocol/commands";
import type { DeclaredCommandName, DeviceYield } from "@passage/protocol/declared-commands";
import { PassageError } from "@passage/protocol/errors";
import type { YieldRequest, YieldResult } from "@passage/protocol/yield";
import { type BatchCommands, type BatchResults, batchParams, batchResults } from "./batch.ts";
import { type DeclaredPage, declaredPage } from "./declared-page.ts";
import type { OperationParams } from "./sensitive.ts";

/** One method a device command: `page.click({ selector })`. Rejects with a PassageError that carries the device's code. */
export type CommandMethods = {
  readonly [N in CommandName]: Record<never, never> extends CommandParams<N>
    ? (params?: OperationParams<N>) => Promise<CommandResult<N>>
    : (params: OperationParams<N>) => Promise<CommandResult<N>>;
};

/** What an operation's `run` gets: the user's page, and nothing else of the world. */
export interface Page extends CommandMethods, DeclaredPage {
  /**
   * Runs commands in order in one round trip: `page.batch([["fill", { … }], ["click", { … }]])`. Rejects with the first error;
   * its `details.index` says which command it was, and none after it was run.
   */
  batch<Batch extends BatchCommands>(commands: Batch): Promise<BatchResults<Batch>>;
  /** Hands the page to the person until the conditions hold. `matched:false` means that they gave up or ran out of time. */
  yieldToUser(request: YieldRequest): Promise<YieldResult>;
  /** The address to use for one on the live site: itself, or its sandbox twin in test mode. */
  siteUrl(liveUrl: string): string;
}

export type Issued =
  | { readonly command: CommandName | DeclaredCommandName | "batch"; readonly params: unknown }
  | { readonly yield: DeviceYield };

/** The facade over one function that carries a request to the device and brings back its result. */
export function pageOver(issue: (request: Issued) => Promise<unknown>, siteUrl: (liveUrl: string) => string): Page {
  const methods = Object.fromEntries(
    Object.keys(commands).map((command) => [
      command,
      (params: unknown = {}) => issue({ command: command as CommandName, params }).catch(placed(command, params)),
    ]),
  );
  return {
    ...(methods as unknown as CommandMethods),
    ...declaredPage(issue),
    batch: async (list) => batchResults(list, await issue({ command: "batch", params: batchParams(list) })),
    yieldToUser: (request) => issue({ yield: request }) as Promise<YieldResult>,
    siteUrl,
  };
}

/** An error says which command had it, and at which element: never what was to be typed there. */
function placed(command: string, params: unknown) {
  const { selector } = params as { selector?: string };
  return (error: unknown) => {
    if (!(error instanceof PassageError)) throw error;
    const details = { command, ...(selector && { selector }), ...error.details };
    throw new PassageError(error.code, error.message, { details, cause: error });
  };
}
