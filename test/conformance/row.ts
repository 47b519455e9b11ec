import { type batch, type CommandName, type CommandParams, commands } from "@passage/protocol/commands";
import type { ErrorCode } from "@passage/protocol/errors";
import type * as z from "zod";
import type { FixtureName } from "./fixtures/bundle.ts";

type Name = CommandName | "batch";
type Params<N extends Name> = N extends CommandName ? CommandParams<N> : z.input<typeof batch.params>;

/** One line of the table: a command on a fixture, and what must come of it. */
export interface Row {
  readonly command: Name;
  readonly params: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: ErrorCode; readonly says: string };
  readonly more: Expected;
}

/** Beyond the answer's being no error. `{site}` in a param or result stands for the site's origin, `{page}` for the fixture's address. */
export interface Expected {
  readonly result?: unknown;
  /** Texts of elements afterwards. */
  readonly shows?: Readonly<Record<string, string>>;
  /** What is done before, each without an error. */
  readonly first?: readonly Step[];
  readonly on?: readonly FixtureName[];
  /** In a browser that has been nowhere else. */
  readonly fresh?: true;
}

export type Step = { [Name in CommandName]: readonly [Name, CommandParams<Name>] }[CommandName];

/** The command succeeds; on every fixture, unless said otherwise. */
export function succeeds<N extends Name>(command: N, params: Params<N>, more: Expected = {}): Row {
  return { command, params: params as Row["params"], more };
}

/** The command fails with exactly this code and these words; on plain HTML, unless said otherwise. Params may be wrong on purpose. */
export function fails(
  command: Name,
  params: Readonly<Record<string, unknown>>,
  code: ErrorCode,
  says: string,
  more: Expected = {},
): Row {
  return { command, params, error: { code, says }, more: { on: ["html"], ...more } };
}

/** A deadline that passes while the page is not as needed. */
export const soon = 800;

/** The failures of each command that looks for an element. */
export function seeks(command: CommandName, rest: Readonly<Record<string, unknown>> = {}): Row[] {
  return [
    fails(command, { selector: ".item", ...rest }, "strict_violation", "The selector .item matches 2 elements"),
    fails(command, { selector: "css=[", ...rest }, "invalid_selector", "The selector css=[ cannot be used"),
    fails(command, { selector: "", ...rest }, "invalid_params", `${command}: params.selector`),
  ];
}

/** Whether the page is afterwards as it was. */
export function onlyReads({ command, more }: Row): boolean {
  return !more.first && command !== "batch" && ["content", "boolean"].includes(commands[command].reveals);
}

export function titleOf({ command, params, error, more }: Row): string {
  const names = [...(more.first ?? []).map(([name]) => name), command].join(", ");
  return `${names} ${JSON.stringify(params)}${error ? ` is ${error.code}` : ""}`;
}
