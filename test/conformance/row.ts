import type { CommandName, CommandParams } from "@passage/protocol/commands";
import type { ErrorCode } from "@passage/protocol/errors";
import type { FixtureName } from "./fixtures/bundle.ts";

/** One line of the table: a command on a fixture, and what must come of it. */
export interface Row {
  readonly command: CommandName;
  readonly params: Readonly<Record<string, unknown>>;
  readonly error?: ErrorCode;
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
}

export type Step = { [Name in CommandName]: readonly [Name, CommandParams<Name>] }[CommandName];

/** The command succeeds; on every fixture, unless said otherwise. */
export function succeeds<Name extends CommandName>(
  command: Name,
  params: CommandParams<Name>,
  more: Expected = {},
): Row {
  return { command, params: params as Row["params"], more };
}

/** The command fails with exactly this code; on plain HTML, unless said otherwise. Params may be wrong on purpose. */
export function fails(
  command: CommandName,
  params: Readonly<Record<string, unknown>>,
  error: ErrorCode,
  more: Expected = {},
): Row {
  return { command, params, error, more: { on: ["html"], ...more } };
}

export function titleOf({ command, params, error, more }: Row): string {
  const names = [...(more.first ?? []).map(([name]) => name), command].join(", ");
  return `${names} ${JSON.stringify(params)}${error ? ` is ${error}` : ""}`;
}
