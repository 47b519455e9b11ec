import { declaredName } from "@passage/protocol/reads/digest";
import { type StepDeclaration, stepDeclaration } from "@passage/protocol/steps";
import { giveName, givenName } from "../given-name.ts";

type LiveUrl = `https://${string}`;
type Of<Key extends string> = Extract<StepDeclaration, { readonly [Name in Key]: unknown }>;

/** A step by what it declares: a place, a click, a fill, a commit, a pause or a condition. */
export type Step<Declaration extends StepDeclaration = StepDeclaration> = { readonly declaration: Declaration };
export type Place = Step<Of<"go">>;
export type Click = Step<Of<"click">>;
export type Fill = Step<Of<"fill">>;
export type Commit = Step<Of<"commit">>;
export type Pause = Step<Of<"pauseMs">>;
export type Condition = Step<Of<"when">>;

function step<Declaration extends StepDeclaration>(declaration: Declaration): Step<Declaration> {
  return { declaration: stepDeclaration.parse(declaration) as Declaration };
}

/** An address that the operation opens. */
export const place = (url: LiveUrl): Place => step({ go: url });
/** A click. `nth`: how many matches there may be to choose one of. */
export const click = (selector: string, { nth }: { readonly nth?: number } = {}): Click =>
  step({ click: selector, ...(nth !== undefined && { nth }) });
/** An argument of the operation, typed into a field of its kind; in a frame, only one of that origin. */
export const fill = (field: Omit<Of<"fill">, "fill"> & { readonly selector: string }): Fill => {
  const { selector, ...rest } = field;
  return step({ fill: selector, ...rest });
};
/** The last click of a write. The device asks the person first: `ask` holds arguments as `{cardNumber.last4}`. */
export const commit = (selector: string, ask: string): Commit => step({ commit: selector, ask });
export const pause = (pauseMs: number): Pause => step({ pauseMs });
/** The page's address begins with the origin and this RE2 pattern of path and query. */
export const atUrl = (origin: LiveUrl, path: string): Condition => step({ when: "url", origin, path });
export const visible = (selector: string): Condition => step({ when: "visible", selector });
export const hidden = (selector: string): Condition => step({ when: "hidden", selector });
/** No request of the page has been under way for a while. Only `page.until` takes it; it does not wait on a host that cannot see requests. */
export const idle = (): Condition => step({ when: "idle" });
/** The person has pressed "I'm done". */
export const done = (): Condition => step({ when: "done" });

/** The steps of an operation by name. */
export function steps<const Named extends Readonly<Record<string, Step>>>(named: Named): Named {
  for (const [name, one] of Object.entries(named)) giveName(one, declaredName(name, one.declaration));
  return named;
}

/** The step's name and digest, as a request has it. */
export function nameOfStep(step: Step): string {
  const name = givenName(step);
  if (name === undefined)
    throw new Error(`A step (${JSON.stringify(step.declaration)}) is not among the operation's steps({ … }).`);
  return name;
}
