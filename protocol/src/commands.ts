import * as z from "zod";
import { actions } from "./commands/actions.ts";
import { navigation } from "./commands/navigation.ts";
import { network } from "./commands/network.ts";
import { reads } from "./commands/reads.ts";
import { type CommandRow, commonErrors } from "./commands/row.ts";
import { waits } from "./commands/waits.ts";
import type { ErrorCode } from "./errors.ts";

/**
 * The commands of developers' own sessions: one row a command. The row drives the `Browser` type of the server SDK, the
 * device's dispatch, the JSON Schema and `docs/commands.md`. To add a command, add a row to its group and its implementation in `device/src/commands/`.
 * Times are milliseconds. `timeout` is the command's whole deadline.
 */
export const commandGroups = { navigation, actions, waits, reads, network } as const;

export const commands = { ...navigation, ...actions, ...waits, ...reads, ...network } as const satisfies Record<
  string,
  CommandRow
>;

export const maxBatchCommands = 100;

/** `batch` is a row of its own kind: commands in order, in one round trip; it stops at the first error. */
export const batch = {
  summary: "Runs commands in order on the device and answers once; stops at the first that fails.",
  params: z.object({
    commands: z
      .array(z.object({ command: z.string().max(64), params: z.record(z.string(), z.unknown()).optional() }))
      .min(1)
      .max(maxBatchCommands),
  }),
  result: z.object({
    /** One entry a command that was run: its result, or the error that ended the batch. */
    results: z.array(
      z.union([
        z.object({ result: z.unknown() }),
        z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
      ]),
    ),
  }),
} as const;

export type CommandName = keyof typeof commands;
export type CommandParams<N extends CommandName> = z.input<(typeof commands)[N]["params"]>;
export type CommandResult<N extends CommandName> = z.output<(typeof commands)[N]["result"]>;

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/** Whether the table says that the command can fail so. */
export function declaresError(name: CommandName, code: ErrorCode): boolean {
  const own: readonly ErrorCode[] = commands[name].errors;
  return own.includes(code) || (commonErrors as readonly ErrorCode[]).includes(code);
}

/** A deadline for a command that names none (design, gap 17). */
export const defaultCommandTimeoutMs = 30_000;

/** No session is longer. */
const longestBatchMs = 3_600_000;

/**
 * How long the device gives the command, or the batch all of its commands together. The `timeout` of waitForTimeout is what
 * it does, not what it may take. Params need not have been checked.
 */
export function commandDeadlineMs(command: string, params: unknown): number {
  const { timeout: given, commands: list } = (params ?? {}) as { timeout?: unknown; commands?: unknown };
  const timeout = typeof given === "number" ? given : defaultCommandTimeoutMs;
  if (command === "waitForTimeout") return timeout + defaultCommandTimeoutMs;
  if (command !== "batch") return timeout;
  const entries: { command?: string; params?: unknown }[] = Array.isArray(list) ? list : [];
  const sum = entries.reduce((ms, entry) => ms + commandDeadlineMs(entry?.command ?? "", entry?.params), 1_000);
  return Math.min(sum, longestBatchMs);
}
