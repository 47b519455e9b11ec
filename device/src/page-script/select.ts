import { Ivya, type ParsedSelector } from "ivya";
import type { Failure } from "./api.ts";
import { unaskable } from "./askable.ts";
import { describe } from "./describe.ts";
import { fields, sensitiveElements } from "./fields.ts";
import { isOverlay } from "./overlay/host.ts";

const ivya = Ivya.create({ browser: "chromium" });
const labelEngine = ivya._engines.get("internal:label");
if (labelEngine) ivya._engines.set("label", labelEngine);

/**
 * Every element that the selector matches, in open shadow roots too; the overlay is never among them. `guarded`, and wherever
 * the document has a sensitive field: the selector may not ask for values, and is blind to what sensitive fields hold.
 */
export function all(selector: string, guarded: boolean): { readonly elements: readonly Element[] } | Failure {
  try {
    const parsed = ivya.parseSelector(selector);
    const isPrivate = guarded || fields().kinds.length > 0;
    const problem = isPrivate ? unaskable(parsed) : null;
    if (problem) return refused(selector, problem);
    const elements = isPrivate ? queryBlind(parsed) : ivya.querySelectorAll(parsed, document);
    return { elements: elements.filter((element) => !isOverlay(element)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "failed", code: "invalid_selector", message: `The selector ${selector} cannot be used: ${reason}` };
  }
}

/** The one element that the selector matches, or null. More than one is a failure that lists them. */
export function one(selector: string, guarded: boolean): { readonly element: Element | null } | Failure {
  const found = all(selector, guarded);
  if ("kind" in found) return found;
  const { elements } = found;
  if (elements.length < 2) return { element: elements[0] ?? null };
  const matches = elements.slice(0, 10).map(describe);
  return {
    kind: "failed",
    code: "strict_violation",
    message: `The selector ${selector} matches ${elements.length} elements, it must match one: ${matches.join(", ")}`,
    matches,
  };
}

const noText = { full: "", normalized: "", immediate: [] };

/** The text engines take an element's text from ivya's cache: there sensitive fields have none. */
function queryBlind(parsed: ParsedSelector): Element[] {
  const evaluator = ivya._evaluator;
  evaluator.begin();
  try {
    for (const { element } of sensitiveElements())
      for (const at of [element, ...element.querySelectorAll("*")]) evaluator._cacheText.set(at, noText);
    return ivya.querySelectorAll(parsed, document);
  } finally {
    evaluator.end();
  }
}

function refused(selector: string, problem: string): Failure {
  const message = `The page is private, so the selector ${selector} may not be used: ${problem}`;
  return { kind: "failed", code: "blocked_private", message };
}
