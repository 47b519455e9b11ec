import type { StepDeclaration } from "@passage/protocol/steps";
import { givenName } from "./given-name.ts";

type Of<Key extends string> = Extract<StepDeclaration, { readonly [Name in Key]: unknown }>;

/** A step by what it declares: a place, a click, a fill, a commit, a pause or a condition. */
export type Step<Declaration extends StepDeclaration = StepDeclaration> = { readonly declaration: Declaration };
export type Place = Step<Of<"go">>;
export type Click = Step<Of<"click">>;
export type Fill = Step<Of<"fill">>;
export type Commit = Step<Of<"commit">>;
export type Pause = Step<Of<"pauseMs">>;
export type Condition = Step<Of<"when">>;

/** The step's name and digest, as a request has it. */
export function nameOfStep(step: Step): string {
  const name = givenName(step);
  if (name === undefined)
    throw new Error(`A step (${JSON.stringify(step.declaration)}) is not among the operation's steps({ … }).`);
  return name;
}
