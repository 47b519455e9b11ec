import type { ElementState, Failure } from "./api.ts";
import { nextChange } from "./moments.ts";
import { all } from "./select.ts";
import { isVisible } from "./states.ts";

/** See {@link PageApi.watch}. Not strict: a yield asks whether any match is in the state. */
export async function watch(
  conditions: readonly { readonly selector: string; readonly state: ElementState }[],
  before: readonly boolean[],
  sliceMs: number,
  guarded: boolean,
): Promise<readonly boolean[] | Failure> {
  const end = performance.now() + sliceMs;
  for (;;) {
    const now: boolean[] = [];
    for (const { selector, state } of conditions) {
      const found = all(selector, guarded);
      if ("kind" in found) return found;
      // A frame of another origin is the person's own page within the page: as long as it is there, nothing in it is known.
      now.push("elements" in found && holds(found.elements, state));
    }
    const left = end - performance.now();
    if (left <= 0 || now.some((value, index) => value !== before[index])) return now;
    await nextChange(Math.min(left, 150));
  }
}

function holds(elements: readonly Element[], state: ElementState): boolean {
  switch (state) {
    case "attached":
      return elements.length > 0;
    case "detached":
      return arrived() && elements.length === 0;
    case "visible":
      return elements.some(isVisible);
    case "hidden":
      return arrived() && !elements.some(isVisible);
  }
}

/** A document that is still arriving lacks everything for a moment, which is not what "gone" means. */
function arrived(): boolean {
  return document.readyState !== "loading";
}
