import type { DeclaredCommandName, DeclaredParams, DeclaredResult } from "@passage/protocol/declared-commands";
import { PassageError } from "@passage/protocol/errors";
import { statusClassOf } from "@passage/protocol/reads/declaration";
import type { Opened } from "@passage/protocol/sealed-value";
import type { StepDeclaration } from "@passage/protocol/steps";
import { fillExactly } from "../commands/fill.ts";
import { click } from "../commands/mouse.ts";
import { navigate } from "../commands/navigate.ts";
import { waitForURL } from "../commands/url.ts";
import { waitForNetworkIdle } from "../commands/wait.ts";
import { waitForSelector } from "../commands/wait-for-selector.ts";
import { addressPattern, holdsNow } from "./conditions.ts";
import type { DeclaredContext } from "./context.ts";
import { within } from "./filled-fields.ts";
import { notDeclared } from "./operations.ts";
import { read } from "./read.ts";
import { demandKind } from "./typed-value.ts";

type DeclaredCommand<Name extends DeclaredCommandName> = (
  context: DeclaredContext,
  params: Opened<DeclaredParams<Name>>,
) => Promise<DeclaredResult<Name>>;

const begin: DeclaredCommand<"begin"> = async ({ operations }, { operation }) => {
  operations.begin(operation);
  return {};
};

const at: DeclaredCommand<"at"> = async (context, { step }) => {
  const { declaration } = context.operations.active.step(step);
  if (!("when" in declaration))
    throw new PassageError("invalid_params", "Only a condition holds or does not, and this step is none");
  return { holds: await holdsNow(context, declaration) };
};

type Holes = Pick<Opened<DeclaredParams<"step">>, "nth" | "value">;

const step: DeclaredCommand<"step"> = async (context, { step: wanted, nth, value }) => {
  const { declaration } = context.operations.active.step(wanted);
  demandHoles(declaration, { nth, value });
  if ("go" in declaration) {
    const { status } = await navigate(context, { url: declaration.go });
    return { status: status === null ? null : statusClassOf(status) };
  }
  if ("click" in declaration) {
    const selector = nth === undefined ? declaration.click : `${declaration.click} >> nth=${nth}`;
    await click(context, { selector });
  } else if ("fill" in declaration) await fillStep(context, declaration, String(value));
  else if ("pauseMs" in declaration) await context.progress.pause(declaration.pauseMs);
  else if ("when" in declaration) await until(context, declaration);
  else notDeclared("A commit is made in the person's turn only");
  return {};
};

export const declaredImplementations = { begin, read, at, step } satisfies {
  [Name in DeclaredCommandName]: DeclaredCommand<Name>;
};

/** Only the holes that the step declares, each filled. */
function demandHoles(declaration: StepDeclaration, { nth, value }: Holes): void {
  const takesNth = "click" in declaration && declaration.nth !== undefined;
  const takesValue = "fill" in declaration;
  const fits = takesNth === (nth !== undefined) && takesValue === (value !== undefined);
  if (!fits || (takesNth && (nth as number) >= (declaration.nth as number)))
    throw new PassageError("invalid_params", "params.nth or params.value is not one that the step declares");
}

/** Types an argument, the same one in the whole operation; in a frame, only where that frame is of the declared origin. */
async function fillStep(
  context: DeclaredContext,
  declaration: Extract<StepDeclaration, { fill: string }>,
  value: string,
): Promise<void> {
  const { fill: field, frame, from, kind } = declaration;
  const { memory, filled } = context.operations.active;
  demandKind(kind, value);
  memory.bind(from, value);
  const frameOrigin = frame?.origin ?? null;
  const selector = frame ? `frame=${frame.selector} >> ${field}` : field;
  const document = await fillExactly(within(context, { frameOrigin }), { selector, value, kind });
  memory.give(from);
  filled.note(from, { selector, frameOrigin, value, kind, document });
}

async function until(context: DeclaredContext, condition: Extract<StepDeclaration, { when: string }>): Promise<void> {
  if (condition.when === "done") throw new PassageError("invalid_params", "Only a person's turn can end with done");
  if (condition.when === "url")
    await waitForURL(context, { url: { pattern: addressPattern(condition) }, waitUntil: "domcontentloaded" });
  else if (condition.when === "idle") await idle(context);
  else await waitForSelector(context, { selector: condition.selector, state: condition.when });
}

/** A host that cannot see the page's requests has nothing to wait for. */
async function idle(context: DeclaredContext): Promise<void> {
  if (context.page.network) await waitForNetworkIdle(context, {});
}
