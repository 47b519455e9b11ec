import type { Commands } from "../protocol.generated.ts";
import type { CallOptions } from "./command.ts";

export type CommandName = keyof Commands;
export type CommandParams<Name extends CommandName> = WithoutOptions<NonNullable<Parameters<Commands[Name]>[0]>>;
/** Of each kind of params. */
type WithoutOptions<Params> = Params extends unknown ? Omit<Params, keyof CallOptions> : never;
export type CommandResult<Name extends CommandName> = Awaited<ReturnType<Commands[Name]>>;
