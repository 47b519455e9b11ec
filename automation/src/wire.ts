import { batch } from "@passage/protocol/commands";
import { type AnyCommandName, allCommands, type DeviceYield } from "@passage/protocol/declared-commands";
import { type ErrorValue, isErrorCode } from "@passage/protocol/errors";
import type { CommandResponse, ServerMessage } from "@passage/protocol/session";
import { yieldResult } from "@passage/protocol/yield";
import type { Issued } from "./issued.ts";
import type { Recorded } from "./journal.ts";

/** What a device is asked for: by a run, or by a developer's worker, which has the free commands. */
export type DeviceRequest =
  | { readonly command: AnyCommandName | "batch"; readonly params: unknown }
  | { readonly yield: DeviceYield };

/** A request as it goes to the device. */
export function messageFor(id: string, issued: DeviceRequest): ServerMessage {
  if ("yield" in issued) return { type: "server.set_interactive", interactive: true, yield: { id, ...issued.yield } };
  return { type: "server.command", id, command: issued.command, params: issued.params as Record<string, unknown> };
}

/** A device's response as an answer to this request. One that fits no schema is an error to the automation, not a result. */
export function answerFrom(issued: Issued, response: CommandResponse): Recorded {
  if (response.error) return { error: errorFrom(response.error) };
  const schema =
    "yield" in issued ? yieldResult : issued.command === "batch" ? batch.result : allCommands[issued.command].result;
  const parsed = schema.safeParse(response.result);
  if (parsed.success) return { result: parsed.data };
  const what = "yield" in issued ? "the yield" : issued.command;
  return { error: { code: "invalid_message", message: `The device's result of ${what} does not fit its schema.` } };
}

/** A device's error; a code that we do not know is kept as `internal`. */
export function errorFrom({ code, message, details }: NonNullable<CommandResponse["error"]>): ErrorValue {
  return { code: isErrorCode(code) ? code : "internal", message, ...(details && { details }) };
}
