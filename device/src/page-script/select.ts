import { Ivya } from "ivya";
import type { Failure } from "./api.ts";
import { describe } from "./describe.ts";
import { isOverlay } from "./overlay/host.ts";

const ivya = Ivya.create({ browser: "chromium" });
const labelEngine = ivya._engines.get("internal:label");
if (labelEngine) ivya._engines.set("label", labelEngine);

/** Every element that the selector matches, in open shadow roots too; the overlay is never among them. */
export function all(selector: string): { readonly elements: readonly Element[] } | Failure {
  try {
    const elements = ivya.querySelectorAll(ivya.parseSelector(selector), document);
    return { elements: elements.filter((element) => !isOverlay(element)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "failed", code: "invalid_selector", message: `The selector ${selector} cannot be used: ${reason}` };
  }
}

/** The one element that the selector matches, or null. More than one is a failure that lists them. */
export function one(selector: string): { readonly element: Element | null } | Failure {
  const found = all(selector);
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
