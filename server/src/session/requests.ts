import type { Recorded } from "@passage/automation/journal";
import type { DeviceRequest } from "@passage/automation/wire";
import { commandDeadlineMs } from "@passage/protocol/commands";
import { defaultYieldTimeoutMs } from "@passage/protocol/yield";
import type { DriverContext } from "./driver.ts";
import type { SessionEvent } from "./machine.ts";
import { observedMatch } from "./observed-match.ts";
import type { SessionTimes } from "./session-config.ts";

/** The device keeps the deadline; the server waits this much longer, for a device that cannot answer any more. */
const slackMs = 5_000;

export function deadlineMs(issued: DeviceRequest, times: SessionTimes): number {
  if ("yield" in issued) return (issued.yield.timeout ?? defaultYieldTimeoutMs) + slackMs;
  if (issued.command === "batch") return commandDeadlineMs("batch", issued.params) + slackMs;
  const { timeout } = issued.params as { timeout?: number };
  return (timeout ?? times.commandTimeoutMs) + slackMs;
}

/** The answer that the deadline gives in the device's place. */
export function timedOut(issued: DeviceRequest): Recorded {
  if ("yield" in issued && issued.yield.optional) return { result: { matched: false, reason: "timeout" } };
  const what = "yield" in issued ? "The person was not done" : `The device did not answer ${issued.command}`;
  return { error: { code: "timeout", message: `${what} in time.` } };
}

/** Whether this ends the session: a person's time was over, and the yield was not optional (documented). */
export function isExpiredYield(issued: DeviceRequest, answer: Recorded): boolean {
  if (!("yield" in issued) || issued.yield.optional) return false;
  return "error" in answer && answer.error.code === "timeout";
}

export const yieldExpired = {
  type: "failed",
  error: { code: "CLIENT_TIMEOUT", message: "The person was not done in the time that they had." },
} as const satisfies SessionEvent;

/** The answer that the device's events give to a yield which it cannot evaluate itself; null while they give none. */
export function observedAnswer(
  issued: DeviceRequest,
  { sockets, telemetry }: Pick<DriverContext, "sockets" | "telemetry">,
): Recorded | null {
  const socket = sockets.of("client");
  if (!("yield" in issued) || !socket) return null;
  const { evaluates } = sockets.attachment(socket);
  return evaluates === false ? observedMatch(issued.yield, telemetry.sinceNavigate()) : null;
}
