import { batch } from "@passage/protocol/commands";
import { type DeclaredCommandName, declaredCommands } from "@passage/protocol/declared-commands";
import { isErrorCode, PassageError } from "@passage/protocol/errors";
import type { Issued } from "./issued.ts";
import { nameOfStep, type Step } from "./step.ts";
import { atStep } from "./step-error.ts";

/** A command of a batch, and the step that it is for. */
export interface Batched {
  readonly command: DeclaredCommandName;
  readonly params: object;
  readonly step?: Step;
}

/** The command that takes a step, or looks at it. `holes`: what the request adds to the step's declaration. */
export function named(command: "step" | "at", step: Step, holes: object = {}): Batched {
  return { command, params: { step: nameOfStep(step), ...holes }, step };
}

/**
 * The results of commands that are carried out in one round trip.
 * @throws the first error among them; `invalid_message` where a result does not fit its schema.
 */
export async function runBatch(
  issue: (request: Issued) => Promise<unknown>,
  list: readonly Batched[],
): Promise<unknown[]> {
  const commands = list.map(({ command, params }) => ({ command, params }));
  const { results } = batch.result.parse(await issue({ command: "batch", params: { commands } }));
  return list.map(({ command, step }, index) => {
    const entry = results[index];
    if (entry && "error" in entry) {
      const { code, message } = entry.error;
      const error = new PassageError(isErrorCode(code) ? code : "internal", message, { details: { command } });
      throw step ? atStep(command, step, error) : error;
    }
    const parsed = declaredCommands[command].result.safeParse(entry?.result);
    if (parsed.success) return parsed.data;
    throw new PassageError("invalid_message", `The device's result of ${command} does not fit its schema.`);
  });
}
