import type { Recorded } from "@passage/automation/journal";
import type { DeviceYield } from "@passage/protocol/declared-commands";
import type { YieldResult } from "@passage/protocol/yield";
import { RE2JS } from "re2js";

/** The device's events as far as conditions look at them. */
export interface ObservedEvent {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Evaluates a yield on the device's events, for a device that cannot evaluate conditions itself (design section 4). What events
 * cannot tell (a selector, a body, the person's own word) is never met.
 * @returns null while nothing is decided.
 */
export function observedMatch(request: DeviceYield, events: readonly ObservedEvent[]): Recorded | null {
  const { conditions, match = "any" } = request;
  const isDecidable = match === "any" ? conditions.some(isObservable) : conditions.every(isObservable);
  if (!isDecidable) {
    const message =
      "This device evaluates no conditions itself, and its events cannot tell these. Use url or networkRequest.";
    return { error: { code: "unsupported_command", message } };
  }
  const met = conditions.map((condition) => events.find((event) => isMetBy(condition, event)));
  const condition = met.findIndex((event) => event !== undefined);
  if (condition < 0 || (match === "all" && met.includes(undefined))) return null;
  return { result: describe(condition, met[condition] as ObservedEvent) };
}

function isObservable(condition: DeviceYield["conditions"][number]): boolean {
  if (condition.type === "url") return true;
  return condition.type === "networkRequest" && condition.bodyContains === undefined && !condition.captureBody;
}

function isMetBy(condition: DeviceYield["conditions"][number], { type, payload }: ObservedEvent): boolean {
  const url = String(payload.url ?? "");
  if (condition.type === "url")
    return type === "navigation" && payload.isMainFrame !== false && finds(condition.pattern, url);
  if (condition.type !== "networkRequest" || type !== "net.response" || !isObservable(condition)) return false;
  const { url: pattern, urlContains, method, successfulOnly } = condition;
  const status = Number(payload.status);
  return (
    (pattern === undefined || finds(pattern, url)) &&
    (urlContains === undefined || url.includes(urlContains)) &&
    (method === undefined || method.toUpperCase() === String(payload.method).toUpperCase()) &&
    (!successfulOnly || (status >= 200 && status < 300))
  );
}

/** Linear-time, searched, unanchored (design, gap 11). A pattern that RE2 refuses finds nothing. */
function finds(pattern: string, text: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(text).find();
  } catch {
    return false;
  }
}

function describe(condition: number, { type, payload }: ObservedEvent): YieldResult {
  const url = String(payload.url ?? "");
  if (type === "navigation") return { matched: true, condition, url };
  const networkCapture = { url, method: String(payload.method ?? ""), status: Number(payload.status) };
  return { matched: true, condition, networkCapture };
}
