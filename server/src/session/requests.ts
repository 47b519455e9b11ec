import { batch, commandDeadlineMs, commands } from "@passage/protocol/commands";
import { type ErrorValue, isErrorCode } from "@passage/protocol/errors";
import type { CommandResponse, ServerMessage } from "@passage/protocol/session";
import { defaultYieldTimeoutMs, yieldResult } from "@passage/protocol/yield";
import type { Issued } from "@passage/providers/page";
import type { Seat } from "./driver.ts";
import type { Recorded } from "./journal.ts";
import type { SessionEvent } from "./machine.ts";
import { observedMatch } from "./observed-match.ts";
import type { SessionTimes } from "./opening.ts";

/** What may wait for the device: a command or a yield. Here is how one looks on the wire, and what comes of it. */
export function messageFor(id: string, issued: Issued): ServerMessage {
  if ("yield" in issued) return { type: "server.set_interactive", interactive: true, yield: { id, ...issued.yield } };
  return { type: "server.command", id, command: issued.command, params: issued.params as Record<string, unknown> };
}

/** The device keeps the deadline; the server waits this much longer, for a device that cannot answer any more. */
const slackMs = 5_000;

export function deadlineMs(issued: Issued, times: SessionTimes): number {
  if ("yield" in issued) return (issued.yield.timeout ?? defaultYieldTimeoutMs) + slackMs;
  if (issued.command === "batch") return commandDeadlineMs("batch", issued.params) + slackMs;
  const { timeout } = issued.params as { timeout?: number };
  return (timeout ?? times.commandTimeoutMs) + slackMs;
}

/** The answer that the deadline gives in the device's place. */
export function timedOut(issued: Issued): Recorded {
  if ("yield" in issued && issued.yield.optional) return { result: { matched: false, reason: "timeout" } };
  const what = "yield" in issued ? "The person was not done" : `The device did not answer ${issued.command}`;
  return { error: { code: "timeout", message: `${what} in time.` } };
}

/** Whether this ends the session: a person's time was over, and the yield was not optional (documented). */
export function isExpiredYield(issued: Issued, answer: Recorded): boolean {
  if (!("yield" in issued) || issued.yield.optional) return false;
  return "error" in answer && answer.error.code === "timeout";
}

export const yieldExpired = {
  type: "failed",
  error: { code: "CLIENT_TIMEOUT", message: "The person was not done in the time that they had." },
} as const satisfies SessionEvent;

/** The answer that the device's events give to a yield which it cannot evaluate itself; null while they give none. */
export function observedAnswer(
  issued: Issued,
  { sockets, telemetry }: Pick<Seat, "sockets" | "telemetry">,
): Recorded | null {
  const socket = sockets.of("client");
  if (!("yield" in issued) || !socket) return null;
  const { evaluates } = sockets.attachment(socket);
  return evaluates === false ? observedMatch(issued.yield, telemetry.sinceNavigate()) : null;
}

/** A device's response as an answer to this request. One that fits no schema is an error to the automation, not a result. */
export function answerFrom(issued: Issued, response: CommandResponse): Recorded {
  if (response.error) return { error: errorFrom(response.error) };
  const schema =
    "yield" in issued ? yieldResult : issued.command === "batch" ? batch.result : commands[issued.command].result;
  const parsed = schema.safeParse(response.result);
  if (parsed.success) return { result: parsed.data };
  const what = "yield" in issued ? "the yield" : issued.command;
  return { error: { code: "invalid_message", message: `The device's result of ${what} does not fit its schema.` } };
}

/** A device's error; a code that we do not know is kept as `internal`. */
export function errorFrom({ code, message, details }: NonNullable<CommandResponse["error"]>): ErrorValue {
  return { code: isErrorCode(code) ? code : "internal", message, ...(details && { details }) };
}
