import { giveName } from "@passage/automation/given-name";
import type { Click, Commit, Condition, Fill, Pause, Place, Step } from "@passage/automation/step";
import { declaredName } from "@passage/protocol/reads/digest";
import { type StepDeclaration, stepDeclaration } from "@passage/protocol/steps";

export {
  type Click,
  type Commit,
  type Condition,
  type Fill,
  nameOfStep,
  type Pause,
  type Place,
  type Step,
} from "@passage/automation/step";

type LiveUrl = `https://${string}`;

function step<Declaration extends StepDeclaration>(declaration: Declaration): Step<Declaration> {
  return { declaration: stepDeclaration.parse(declaration) as Declaration };
}

/** An address that the operation opens. */
export const place = (url: LiveUrl): Place => step({ go: url });
/** A click. `nth`: how many matches there may be to choose one of. */
export const click = (selector: string, { nth }: { readonly nth?: number } = {}): Click =>
  step({ click: selector, ...(nth !== undefined && { nth }) });
/** An argument of the operation, typed into a field of its kind; in a frame, only one of that origin. */
export const fill = (field: Omit<Fill["declaration"], "fill"> & { readonly selector: string }): Fill => {
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
