import { PassageError } from "@passage/protocol/errors";
import type { Step } from "./step.ts";

const selectorKeys: ReadonlySet<string> = new Set(["click", "fill", "commit", "selector", "go"]);

/** An error says at which step it came, in the manifest's own words. */
export function atStep(command: string, { declaration }: Step, error: PassageError): PassageError {
  const selector = Object.entries(declaration).find(([key]) => selectorKeys.has(key))?.[1];
  const details = { command, ...(typeof selector === "string" && { selector }), ...error.details };
  return new PassageError(error.code, error.message, { details, cause: error });
}

/** For the `catch` of a request: throws the error again, with its step. */
export function placed(command: string, step: Step) {
  return (error: unknown): never => {
    throw error instanceof PassageError ? atStep(command, step, error) : error;
  };
}
