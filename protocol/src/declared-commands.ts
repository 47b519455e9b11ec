import * as z from "zod";
import { timeout } from "./commands/fields.ts";
import { type CommandRow, commonErrors } from "./commands/row.ts";
import { commands } from "./commands.ts";
import type { ErrorCode } from "./errors.ts";
import { drift, mostDrift, mostNewest, statusClass } from "./reads/declaration.ts";
import { declaredNameForm } from "./reads/digest.ts";
import { typed } from "./sealed-value.ts";
import { yieldCondition, yieldRequest } from "./yield.ts";

const declared = z.string().regex(declaredNameForm).describe("Name and digest of a declaration: `bills@1f3a9c02`.");
/** A parameter's value. `true` stands for a value that is held on the device. */
export const readParams = z.record(z.string().max(40), z.union([z.string().max(2_048), z.number(), z.literal(true)]));

/**
 * What a signed operation may ask of the device, besides `updateStatus`, `batch` and a person's turn: names of what its
 * manifest declares, and what its holes are filled with. A developer's own session has no manifest, and none of these.
 */
export const declaredCommands = {
  begin: {
    summary: "Makes an operation of the session the active one; each is begun once, in the order of the manifests.",
    reveals: "nothing",
    params: z.object({ operation: z.string().max(200).describe("`tmobile/mobileBillingStatement:read`") }),
    result: z.object({}),
    errors: [],
  },
  read: {
    summary: "A read that the manifest declares: of the answer only what its shape names, each leaf written anew.",
    reveals: "content",
    params: z.object({
      read: declared,
      params: readParams.optional(),
      newest: z
        .number()
        .int()
        .min(1)
        .max(mostNewest)
        .optional()
        .describe("Only so many of the rows that the declaration names, and of no older time. Absent: all."),
      timeout,
    }),
    result: z.object({
      status: statusClass,
      data: z.json(),
      drift: z
        .array(drift)
        .max(mostDrift)
        .optional()
        .describe("Where the answer does not fit. Beside data: decoration."),
    }),
    errors: ["fetch_failed", "fetch_timed_out", "invalid_selector"],
  },
  at: {
    summary: "Whether a condition that the manifest declares holds now.",
    reveals: "boolean",
    params: z.object({ step: declared, timeout }),
    result: z.object({ holds: z.boolean() }),
    errors: ["invalid_selector", "strict_violation"],
  },
  step: {
    summary: "Takes a step that the manifest declares; a condition is waited for.",
    reveals: "nothing",
    params: z.object({
      step: declared,
      nth: z.number().int().min(0).max(999).optional().describe("Which of the matches, from 0."),
      value: typed(2_048).optional().describe("The argument that a fill types."),
      timeout,
    }),
    result: z.object({ status: statusClass.nullable().optional().describe("Of a place that was opened.") }),
    errors: ["navigation_failed", "invalid_selector", "strict_violation", "not_actionable"],
  },
} as const satisfies Record<string, CommandRow>;

export type DeclaredCommandName = keyof typeof declaredCommands;
export type DeclaredParams<Name extends DeclaredCommandName> = z.input<(typeof declaredCommands)[Name]["params"]>;
export type DeclaredResult<Name extends DeclaredCommandName> = z.output<(typeof declaredCommands)[Name]["result"]>;

/** Every command that a device can carry out, whoever may ask for it. */
export const allCommands = { ...commands, ...declaredCommands } as const satisfies Record<string, CommandRow>;
export type AnyCommandName = keyof typeof allCommands;

export function isAnyCommandName(name: string): name is AnyCommandName {
  return Object.hasOwn(allCommands, name);
}

/** A request in words for a log: its command with the name of what it is about, as `read bills`. Holds no value. */
export function requestLabel(command: string, params: unknown): string {
  const { step, read, operation, commands: list } = (params ?? {}) as Record<string, unknown>;
  if (command === "batch" && Array.isArray(list))
    return `batch ${list.map((one) => requestLabel(textOf(one?.command), one?.params)).join(", ")}`;
  const name = [step, read].find((one) => typeof one === "string" && declaredNameForm.test(one)) as string | undefined;
  if (name !== undefined) return `${command} ${name.split("@")[0]}`;
  return typeof operation === "string" && operationForm.test(operation) ? `${command} ${operation}` : command;
}

/** A batch is the server's own until it has been checked. */
function textOf(command: unknown): string {
  return typeof command === "string" ? command : "?";
}

const operationForm = /^[\w:/-]{1,80}$/;

/** Whether the command's row says that it can fail so. */
export function anyDeclaresError(name: AnyCommandName, code: ErrorCode): boolean {
  const own: readonly ErrorCode[] = allCommands[name].errors;
  return own.includes(code) || (commonErrors as readonly ErrorCode[]).includes(code);
}

/** What ends a person's turn in a signed session: conditions and commits of the manifest, by name. */
export const declaredCondition = z.object({ type: z.literal("step"), step: declared });
export type DeclaredCondition = z.infer<typeof declaredCondition>;

/** A person's turn as it is asked of a device. */
export const deviceYield = yieldRequest.extend({
  conditions: z
    .array(z.union([yieldCondition, declaredCondition]))
    .min(1)
    .max(32),
});
export type DeviceYield = z.infer<typeof deviceYield>;
