import { commandDeadlineMs, isCommandName } from "@passage/protocol/commands";
import {
  type AnyCommandName,
  allCommands,
  anyDeclaresError,
  isAnyCommandName,
} from "@passage/protocol/declared-commands";
import { PassageError } from "@passage/protocol/errors";
import type { z } from "zod";
import { implementations } from "../commands/table.ts";
import { declaredImplementations } from "../declared/commands.ts";
import type { DeclaredContext } from "../declared/context.ts";
import { type AnswerShape, answerShape, readShape } from "../egress/shapes.ts";
import type { CommandParts } from "./parts.ts";
import type { Progress } from "./progress.ts";

/** A command of the table with params that fit its schema. */
export interface Accepted {
  readonly name: AnyCommandName;
  readonly params: unknown;
}

/** Looks the command up and checks its params. For a signed operation there are no free commands. */
export function accept(
  { operations }: Pick<CommandParts, "operations">,
  command: string,
  params: unknown,
): Accepted | PassageError {
  if (!isAnyCommandName(command))
    return new PassageError("unsupported_command", `This device knows no command ${command}`);
  if (operations.strict && isCommandName(command) && command !== "updateStatus")
    return new PassageError("command_not_declared", "The session may do only what its manifests declare by name");
  const parsed = allCommands[command].params.safeParse(params);
  return parsed.success ? { name: command, params: parsed.data } : invalidParams(command, parsed.error);
}

/** A command's result, and the shape in which it may leave. */
export interface Performed {
  readonly result: unknown;
  readonly shape: AnswerShape;
}

/** Does what the command does. It fails only as its row says that it can. */
export async function perform(parts: CommandParts, accepted: Accepted, progress: Progress): Promise<Performed> {
  const { name, params } = accepted;
  const all: Readonly<Record<string, unknown>> = { ...implementations, ...declaredImplementations };
  const implementation = all[name] as (context: DeclaredContext, params: unknown) => Promise<unknown>;
  const row = allCommands[name];
  const afterwards: (() => void)[] = [];
  const onSent = (sent: () => void) => void afterwards.push(sent);
  try {
    if (name === "updateStatus") demandDeclaredWords(parts, params);
    await progress.race(parts.fields.hearOut());
    const opened = await progress.race(parts.sealed.open(params));
    const run = () => progress.race(implementation({ ...parts, progress, onSent }, opened));
    const owned = () => parts.fields.owning(name, run, progress);
    const result = row.reveals === "content" ? await parts.fields.reading(owned, progress) : await owned();
    const reported = row.reveals === "place" ? await withReportedAddress(parts, result) : result;
    const checked = row.result.safeParse(reported);
    const sent = () => {
      for (const done of afterwards) done();
    };
    if (checked.success) return { result: checked.data, shape: { ...shapeOf(parts, accepted), sent } };
    if (name === "evaluate") throw new PassageError("evaluate_failed", "The value is not JSON");
    throw new Error(`The result of ${name} does not fit its schema: ${checked.error.message}`);
  } catch (error) {
    // An error may quote the page, which by now may be private.
    await parts.fields.lookBriefly();
    if (!(error instanceof PassageError) || anyDeclaresError(name, error.code)) throw error;
    throw new PassageError("internal", `${name} failed with ${error.code}, which its row does not declare`, {
      cause: error,
    });
  }
}

/**
 * A signed operation says to the person what its manifest says.
 * @throws `command_not_declared`
 */
function demandDeclaredWords({ operations }: CommandParts, params: unknown): void {
  if (!operations.strict) return;
  const { heading, subheading } = params as { heading?: string; subheading?: string };
  operations.active.demandWords(heading, subheading);
}

/** A result whose `url` holds no more than may be reported of it. */
async function withReportedAddress({ addresses }: CommandParts, result: unknown): Promise<unknown> {
  const arrived = result as { readonly url: string };
  return { ...arrived, url: await addresses.report(arrived.url) };
}

/** What the answer to it may hold. To be asked while its operation is the active one. */
function shapeOf({ operations }: Pick<CommandParts, "operations">, { name, params }: Accepted): AnswerShape {
  if (name !== "read") return answerShape(name);
  return readShape(operations.active.read((params as { readonly read: string }).read).declaration.shape);
}

export function deadlineMs({ name, params }: Accepted): number {
  return commandDeadlineMs(name, params);
}

/** As many as an error may have when it leaves. */
const mostIssues = 16;

export function invalidParams(name: string, error: z.ZodError): PassageError {
  const told = error.issues.slice(0, mostIssues);
  const issues = told.map((issue) => `${["params", ...issue.path].join(".")}: ${issue.message}`);
  return new PassageError("invalid_params", `${name}: ${issues.join("; ")}`, { details: { issues } });
}
