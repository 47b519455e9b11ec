import type { Done, Failure, Ready, Retry, Sought } from "./api.ts";
import { unfillable } from "./fill.ts";
import { clickPoint, covering } from "./hit-target.ts";
import { isStable, nextChange } from "./moments.ts";
import { one } from "./select.ts";
import { isEditable, isEnabled, isVisible } from "./states.ts";

const handles = new Map<number, Element>();
let lastHandle = 0;

/** See {@link PageApi.find}. Query and checks repeat together, so that a re-rendered element is found anew. */
export async function find(sought: Sought, sliceMs: number, guarded: boolean): Promise<Ready | Done | Retry | Failure> {
  const end = performance.now() + sliceMs;
  for (let attempt = 0; ; attempt++) {
    const outcome = await tryOnce(sought, attempt, guarded);
    const left = end - performance.now();
    if (outcome.kind !== "retry" || left <= 0) return outcome;
    await nextChange(Math.min(left, 100));
  }
}

/** The element behind a handle, unless the page removed it. */
export function recall(handle: number): Element | null {
  const element = handles.get(handle);
  return element?.isConnected ? element : null;
}

async function tryOnce(sought: Sought, attempt: number, guarded: boolean): Promise<Ready | Done | Retry | Failure> {
  const found = one(sought.selector, guarded);
  if ("kind" in found) return found;
  const { element } = found;
  const { need } = sought;

  if ((need === "detached" || need === "hidden") && document.readyState === "loading") {
    return retry("the document is still arriving", element !== null);
  }
  if (need === "detached") return element ? retry("the element is still attached", true) : { kind: "done" };
  if (need === "hidden") {
    return element && isVisible(element) ? retry("the element is still visible", true) : { kind: "done" };
  }
  if (!element) return retry("nothing matches yet", false);
  if (need === "attached") return ready(element);
  if (need === "focusable") {
    const target = labelled(element);
    return isVisible(target) ? ready(target) : retry("the element is not visible", true);
  }
  if (need === "fillable") {
    const target = labelled(element);
    const obstacle = unfillable(target);
    if (obstacle) return { kind: "failed", code: "not_actionable", message: obstacle };
    if (!isVisible(target)) return retry("the element is not visible", true);
    if (!isEnabled(target)) return retry("the element is disabled", true);
    return isEditable(target) ? ready(target) : retry("the element is read-only", true);
  }
  if (!isVisible(element)) return retry("the element is not visible", true);
  return need === "visible" ? ready(element) : clickable(element, attempt);
}

async function clickable(element: Element, attempt: number): Promise<Ready | Retry> {
  if (!isEnabled(element)) return retry("the element is disabled", true);
  if (!(await isStable(element))) return retry("the element is moving", true);
  const obstacle = obstacleAt(element);
  if (!obstacle) return ready(element);
  // Sticky bars cover one end of the page: each attempt brings the element to another place.
  const block = (["center", "end", "start", "nearest"] as const)[attempt % 4] ?? "center";
  element.scrollIntoView({ block, inline: "center", behavior: "instant" });
  const stillThere = obstacleAt(element);
  return stillThere ? retry(stillThere, true) : clickableAfterScroll(element);
}

async function clickableAfterScroll(element: Element): Promise<Ready | Retry> {
  if (!(await isStable(element))) return retry("the element is moving", true);
  const obstacle = obstacleAt(element);
  return obstacle ? retry(obstacle, true) : ready(element);
}

function obstacleAt(element: Element): string | null {
  const point = clickPoint(element);
  if (!point) return "the element is outside the window";
  const cover = covering(element, point);
  return cover && `the element is covered by ${cover}`;
}

function labelled(element: Element): Element {
  const label = element.closest("label");
  return label && element.matches("label, label *:not(input, textarea, select, [contenteditable])")
    ? (label.control ?? element)
    : element;
}

function ready(element: Element): Ready {
  handles.clear();
  handles.set(++lastHandle, element);
  return { kind: "ready", handle: lastHandle, point: clickPoint(element) };
}

function retry(reason: string, found: boolean): Retry {
  return { kind: "retry", reason, found };
}
