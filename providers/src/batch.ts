import { batch, type CommandName, type CommandParams, type CommandResult, commands } from "@passage/protocol/commands";
import { isErrorCode, PassageError } from "@passage/protocol/errors";
import type { OperationParams } from "./sensitive.ts";

/** A command and its params: `["click", { selector: "#go" }]`. */
export type BatchCommand = {
  [Name in CommandName]: Record<never, never> extends CommandParams<Name>
    ? readonly [Name, OperationParams<Name>?]
    : readonly [Name, OperationParams<Name>];
}[CommandName];

/** At least one. */
export type BatchCommands = readonly [BatchCommand, ...BatchCommand[]];

/** The results of a batch, each of its command's type. */
export type BatchResults<Batch extends BatchCommands> = {
  -readonly [Index in keyof Batch]: Batch[Index] extends readonly [infer Name extends CommandName, ...unknown[]]
    ? CommandResult<Name>
    : never;
};

/** The batch as it stands on the wire. */
export function batchParams(list: BatchCommands) {
  return { commands: list.map(([command, params]) => ({ command, params: params ?? {} })) };
}

/**
 * The device's answer as one result a command.
 * @throws {PassageError} what ended the batch; `details.index` and `details.command` say which of them it was.
 */
export function batchResults<Batch extends BatchCommands>(list: Batch, answer: unknown): BatchResults<Batch> {
  const { results: entries } = batch.result.parse(answer);
  const results = list.map(([command, params = {}], index) => {
    const entry = entries[index];
    const details = { index, command, ...("selector" in params && { selector: params.selector }) };
    if (entry && "error" in entry) {
      const { code, message } = entry.error;
      throw new PassageError(isErrorCode(code) ? code : "internal", message, { details });
    }
    const parsed = commands[command].result.safeParse(entry?.result);
    if (parsed.success) return parsed.data;
    throw new PassageError("invalid_message", `The device's result of ${command} does not fit its schema.`, {
      details,
    });
  });
  return results as BatchResults<Batch>;
}
