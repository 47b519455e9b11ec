import type { Action, Failure, Point, Retry } from "./api.ts";
import { obstacle, wantedPoint } from "./hit-target.ts";
import { isStable } from "./moments.ts";
import { notActionable, retry } from "./outcomes.ts";
import { control } from "./retarget.ts";
import { scrollToPoint } from "./scroll.ts";
import { isEditable, isEnabled, isVisible } from "./states.ts";

type Check = "visible" | "enabled" | "editable" | "stable" | "receivesEvents";

/** Playwright's table: what must hold before an action. */
const table: Readonly<Record<Action, readonly Check[]>> = {
  clickable: ["visible", "enabled", "stable", "receivesEvents"],
  hoverable: ["visible", "stable", "receivesEvents"],
  fillable: ["visible", "enabled", "editable"],
  selectable: ["visible", "enabled"],
};

/** Why the action has to wait, or null. It may scroll: each attempt brings the element to another place. */
export async function unmet(
  element: Element,
  action: Action,
  attempt: number,
  { position, force }: { readonly position?: Point | undefined; readonly force?: boolean | undefined },
): Promise<Retry | Failure | null> {
  const checks = table[action];
  for (const check of force ? [] : checks) {
    if (check !== "receivesEvents" && !(await holds(element, check)))
      return retry(`the element is ${lack[check]}`, true);
  }
  if (!checks.includes("receivesEvents")) return null;
  if (force && !wantedPoint(element, position)) return notActionable("The element is not visible: it has no box");
  const first = reached(element, position, force);
  if (!first) return null;
  // Sticky bars cover one end of the page.
  const block = (["center", "end", "start", "nearest"] as const)[attempt % 4] ?? "center";
  if (attempt > 0) element.scrollIntoView({ block, inline: "center", behavior: "instant" });
  scrollToPoint(element, () => wantedPoint(element, position));
  if (!force && !(await isStable(element))) return retry(`the element is ${lack.stable}`, true);
  const still = reached(element, position, force);
  if (still === null) return null;
  return force ? notActionable(`The element cannot be clicked there: ${still}`) : retry(still, true);
}

const lack = { visible: "not visible", enabled: "disabled", editable: "read-only", stable: "moving" } as const;

function holds(element: Element, check: keyof typeof lack): boolean | Promise<boolean> {
  switch (check) {
    case "visible":
      return isVisible(element);
    case "enabled":
      return isEnabled(control(element));
    case "editable":
      return isEditable(element);
    case "stable":
      return isStable(element);
  }
}

/** Forced, it need only be in the window. */
function reached(element: Element, position: Point | undefined, force: boolean | undefined): string | null {
  const why = obstacle(element, position);
  return force && why?.includes("covered") ? null : why;
}
