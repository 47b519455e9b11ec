import type { DeclaredCondition } from "@passage/protocol/declared-commands";
import { PassageError } from "@passage/protocol/errors";
import type { WhenStep } from "@passage/protocol/steps";
import type { YieldCondition } from "@passage/protocol/yield";
import type { CommandContext } from "../commands/command.ts";
import { isVisible } from "../commands/read.ts";
import { searchPattern } from "../network/regex.ts";
import type { ActiveOperation } from "./operations.ts";

/** A pattern of the whole address: the origin as it is, then the declared one. */
export function addressPattern({ origin, path }: { readonly origin: string; readonly path: string }): string {
  return `^${origin.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}(?:${path})`;
}

/** Whether the condition holds now. */
export async function holdsNow(context: CommandContext, when: WhenStep): Promise<boolean> {
  if (when.when === "done" || when.when === "idle")
    throw new PassageError("invalid_params", "done and idle are waited for, and hold at no moment");
  const { page, egress, privacy } = context;
  if (when.when === "url") {
    const pattern = addressPattern(when);
    privacy.question(pattern);
    return searchPattern(pattern)(egress.typed.matchable(page.url(), "private"));
  }
  const { visible } = await isVisible(context, { selector: when.selector });
  return visible === (when.when === "visible");
}

/** A declared condition as one that a turn can wait for. */
export function turnCondition(operation: ActiveOperation, { step }: DeclaredCondition): YieldCondition {
  const { declaration } = operation.step(step);
  if (!("when" in declaration))
    throw new PassageError("invalid_params", "A turn ends with conditions or commits, and this step is none");
  if (declaration.when === "done") return { type: "userDone" };
  if (declaration.when === "idle") throw new PassageError("invalid_params", "A turn does not end with idle");
  if (declaration.when === "url") return { type: "url", pattern: addressPattern(declaration) };
  return { type: "selector", selector: declaration.selector, state: declaration.when };
}
