import { PassageError } from "@passage/protocol/errors";
import type { YieldCondition, YieldRequest, YieldResult } from "@passage/protocol/yield";
import { publicUrl } from "./egress/public-url.ts";
import type { Origins } from "./origins.ts";
import type { Page } from "./page.ts";
import { searchPattern } from "./pattern.ts";
import type { Person } from "./person.ts";
import type { Progress } from "./progress.ts";
import { SelectorWatch } from "./selector-watch.ts";

export interface YieldContext {
  readonly page: Page;
  readonly origins: Origins;
  readonly progress: Progress;
  readonly person: Person;
}

/** Waits until the conditions hold, on whatever pages the person goes through, or until they give up. */
export async function awaitConditions(context: YieldContext, request: YieldRequest): Promise<YieldResult> {
  const { page, progress, person } = context;
  const watch = new SelectorWatch(context, request.conditions);
  const tests = request.conditions.map((condition, index) => test(condition, index, context, watch));
  let before = tests.map(() => false);
  for (;;) {
    if (person.gaveUp) return { matched: false, reason: "user_gave_up" };
    const now = tests.map((holds) => holds());
    const condition = request.match === "all" ? lastToHold(before, now) : now.indexOf(true);
    if (condition >= 0) return { matched: true, condition, url: publicUrl(page.url()) };
    before = now;
    await somethingHappens(context, watch, progress);
  }
}

type Test = () => boolean;

function test(condition: YieldCondition, index: number, { page, person }: YieldContext, watch: SelectorWatch): Test {
  switch (condition.type) {
    case "url": {
      const matches = searchPattern(condition.pattern);
      return () => matches(page.url());
    }
    case "selector":
      return () => watch.holds(index);
    case "userDone":
      return () => person.done;
    case "networkRequest":
      throw new PassageError(
        "unsupported_command",
        "This device cannot wait for a networkRequest; use url or selector",
      );
  }
}

/** When all hold: the one whose change completed them. */
function lastToHold(before: readonly boolean[], now: readonly boolean[]): number {
  if (!now.every(Boolean)) return -1;
  return Math.max(before.indexOf(false), 0);
}

async function somethingHappens({ page, person }: YieldContext, watch: SelectorWatch, progress: Progress) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stops = [page.webview.listen(() => resolve()), person.listen(resolve)];
  try {
    await progress.race(Promise.race([promise, watch.change()]));
  } finally {
    for (const stop of stops) stop();
  }
}
