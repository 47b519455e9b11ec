import { PassageError } from "@passage/protocol/errors";
import type { YieldCondition, YieldRequest, YieldResult } from "@passage/protocol/yield";
import { publicUrl } from "../egress/public-url.ts";
import type { Progress } from "../executor/progress.ts";
import { searchPattern } from "../network/regex.ts";
import { ResponseMatch } from "../network/response-match.ts";
import { seenResponses } from "../network/seen.ts";
import type { YieldContext } from "./context.ts";
import { SelectorWatch } from "./selector-watch.ts";

/** Waits until the conditions hold, on whatever pages the person goes through, or until they give up. */
export async function awaitConditions(context: YieldContext, request: YieldRequest): Promise<YieldResult> {
  const { page, progress, person } = context;
  const watch = new SelectorWatch(context, request.conditions);
  const { network } = page;
  if (network && request.conditions.some(({ type }) => type === "networkRequest"))
    progress.blame("timeout", () => {
      const { words, details } = seenResponses(network, context);
      return { message: `The conditions were not met. ${words}`, details };
    });
  const tests = request.conditions.map((condition, index) => test(condition, index, context, watch));
  let before = tests.map(() => false);
  for (;;) {
    if (person.unaskable) throw unaskable();
    if (person.gaveUp) return { matched: false, reason: "user_gave_up" };
    const now = tests.map((one) => one.holds());
    const condition = request.match === "all" ? lastToHold(before, now) : now.indexOf(true);
    if (condition >= 0) {
      const told = request.match === "all" ? [tests[condition], ...tests] : [tests[condition]];
      const networkCapture = told.find((one) => one?.capture)?.capture?.();
      return { matched: true, condition, url: publicUrl(page.url()), ...(networkCapture && { networkCapture }) };
    }
    before = now;
    demandPossible(tests, request, progress);
    await somethingHappens(context, watch, progress);
  }
}

function unaskable(): PassageError {
  const message =
    "The page has rewritten its document, so that it could keep the person's answer from a question there";
  return new PassageError("not_actionable", message);
}

interface Test {
  holds(): boolean;
  /** What the condition reports about its match. */
  capture?(): YieldResult["networkCapture"];
  /** Why the condition may never hold, however long it is waited for. */
  obstacle?(): PassageError | null;
}

/** Ends the wait when no condition is left that could end it; until then an obstacle is what the deadline reports. */
function demandPossible(tests: readonly Test[], { match }: YieldRequest, progress: Progress): void {
  const obstacles = tests.map((one) => one.obstacle?.() ?? null);
  const first = obstacles.find((one) => one !== null);
  if (!first) return;
  if (match === "all" || !obstacles.includes(null)) throw first;
  progress.blame(first.code, first.message);
}

function test(condition: YieldCondition, index: number, context: YieldContext, watch: SelectorWatch): Test {
  const { page, person, privacy, egress } = context;
  switch (condition.type) {
    case "url": {
      const matches = searchPattern(condition.pattern);
      privacy.question(condition.pattern);
      return { holds: () => matches(egress.typed.matchable(page.url(), "private")) };
    }
    case "selector":
      return { holds: () => watch.holds(index) };
    case "userDone":
      return { holds: () => person.done };
    case "networkRequest":
      return new ResponseMatch(condition, context);
  }
}

/** When all hold: the one whose change completed them. */
function lastToHold(before: readonly boolean[], now: readonly boolean[]): number {
  if (!now.every(Boolean)) return -1;
  return Math.max(before.indexOf(false), 0);
}

async function somethingHappens({ page, person }: YieldContext, watch: SelectorWatch, progress: Progress) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stops = [page.webview.listen(() => resolve()), person.listen(resolve), page.network?.listen(resolve)];
  try {
    await progress.race(Promise.race([promise, watch.change()]));
  } finally {
    for (const stop of stops) stop?.();
  }
}
