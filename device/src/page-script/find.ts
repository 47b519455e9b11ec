import { unmet } from "./actionability.ts";
import type { Done, Failure, Foreign, Point, Ready, Retry, Sought } from "./api.ts";
import { unfillable } from "./fill.ts";
import { inWindow, outside } from "./frames.ts";
import { hold, recall } from "./handles.ts";
import { clickPoint, obstacleAt } from "./hit-target.ts";
import { isStable, nextChange } from "./moments.ts";
import { foreign, notActionable, retry } from "./outcomes.ts";
import { control } from "./retarget.ts";
import { scrollToPoint } from "./scroll.ts";
import { one } from "./select.ts";
import { isVisible } from "./states.ts";

/** See {@link PageApi.find}. Query and checks repeat together, so that a re-rendered element is found anew. */
export async function find(
  sought: Sought,
  sliceMs: number,
  guarded: boolean,
): Promise<Ready | Done | Retry | Failure | Foreign> {
  const end = performance.now() + sliceMs;
  for (let attempt = 0; ; attempt++) {
    const outcome = await tryOnce(sought, attempt, guarded);
    const left = end - performance.now();
    if (outcome.kind !== "retry" || left <= 0) return outcome;
    await nextChange(Math.min(left, 100));
  }
}

/** See {@link PageApi.reveal}. */
export async function reveal(
  handle: number,
  inside: Point,
  force: boolean,
): Promise<{ readonly kind: "at"; readonly point: Point } | Retry> {
  const frame = recall(handle);
  if (!frame) return retry("the frame was replaced", true);
  const hidden = () => {
    const why = obstacleAt(frame, outside(frame, inside));
    return force && why?.includes("covered") ? null : why;
  };
  if (hidden()) scrollToPoint(frame, () => outside(frame, inside));
  if (!(await isStable(frame))) return retry("the frame is moving", true);
  const why = hidden();
  return why ? retry(why, true) : { kind: "at", point: inWindow(frame, outside(frame, inside)) };
}

async function tryOnce(
  sought: Sought,
  attempt: number,
  guarded: boolean,
): Promise<Ready | Done | Retry | Failure | Foreign> {
  const { selector, need } = sought;
  const found = one(selector, guarded);
  if ("kind" in found) return found;
  if ("frame" in found) return foreign(found);
  const { element } = found;
  switch (need) {
    case "detached":
    case "hidden":
      return gone(element, need);
    case "attached":
      return element ? ready(element) : missing;
    case "visible":
      if (!element) return missing;
      return isVisible(element) ? ready(element) : retry("the element is not visible", true);
    default: {
      if (!element) return missing;
      const target = need === "fillable" || need === "selectable" ? control(element) : element;
      const never = need === "fillable" ? unfillable(target) : null;
      if (never) return notActionable(never);
      return (await unmet(target, need, attempt, sought)) ?? ready(target, sought.position);
    }
  }
}

const missing = retry("nothing matches yet", false);

function gone(element: Element | null, need: "detached" | "hidden"): Done | Retry {
  if (document.readyState === "loading") return retry("the document is still arriving", element !== null);
  if (need === "detached") return element ? retry("the element is still attached", true) : { kind: "done" };
  return element && isVisible(element) ? retry("the element is still visible", true) : { kind: "done" };
}

function ready(element: Element, position?: Point): Ready {
  const point = clickPoint(element, position);
  return { kind: "ready", handle: hold(element), point: point && inWindow(element, point) };
}
