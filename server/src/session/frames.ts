import type { ErrorCode } from "@passage/protocol/errors";
import {
  type ClientMessage,
  captureEvents,
  clientMessage,
  maxCaptureBytes,
  maxFrameBytes,
  type Role,
  type WorkerMessage,
  workerMessage,
} from "@passage/protocol/session";

export type Frame =
  | { readonly kind: "client"; readonly message: ClientMessage }
  | { readonly kind: "worker"; readonly message: WorkerMessage }
  /** Not JSON, or without a string type: the socket is closed with 4000. */
  | { readonly kind: "malformed" }
  /** Answered `server.error`; the socket stays. */
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly message: string; readonly ref?: string };

const byType = <Option extends { shape: { type: { value: string } } }>(options: readonly Option[]) =>
  new Map(options.map((option) => [option.shape.type.value, option]));
const schemas = { client: byType(clientMessage.options), worker: byType(workerMessage.options) };

/** Reads one frame of a role. Unknown fields are dropped. */
export function readFrame(role: Role, data: string | ArrayBuffer): Frame {
  if (typeof data !== "string") return { kind: "malformed" };
  const size = byteLength(data);
  if (size > maxCaptureBytes) return refuse("payload_too_large", tooLarge);
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return { kind: "malformed" };
  }
  if (typeof value !== "object" || value === null || !("type" in value) || typeof value.type !== "string")
    return { kind: "malformed" };
  const ref = "id" in value && typeof value.id === "string" ? value.id.slice(0, 128) : undefined;
  const schema = role === "debug" ? undefined : schemas[role].get(value.type);
  if (
    role === "debug" ||
    (!schema && /^(client|worker|server)\./.test(value.type) && !value.type.startsWith(`${role}.`))
  )
    return refuse("wrong_role", `A ${role} may not send ${value.type.slice(0, 64)}.`, ref);
  if (!schema) return refuse("unknown_type", `There is no message type ${value.type.slice(0, 64)}.`, ref);
  const parsed = schema.safeParse(value);
  if (size > maxFrameBytes && !(parsed.success && isCapture(parsed.data)))
    return refuse("payload_too_large", tooLarge, ref);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse("invalid_message", `${value.type}: ${issue?.path.join(".")} ${issue?.message}`, ref);
  }
  return role === "client"
    ? { kind: "client", message: parsed.data as ClientMessage }
    : { kind: "worker", message: parsed.data as WorkerMessage };
}

const tooLarge = `A frame may have ${maxFrameBytes} bytes, one capture ${maxCaptureBytes}. Send less, or in parts.`;

function isCapture(message: ClientMessage | WorkerMessage): boolean {
  const [event, ...more] = message.type === "client.events" ? message.events : [];
  return event !== undefined && more.length === 0 && captureEvents.includes(event.type);
}

/** A character is one to three bytes a UTF-16 unit: most frames need no counting. */
function byteLength(text: string): number {
  return text.length * 3 <= maxFrameBytes ? text.length : new TextEncoder().encode(text).byteLength;
}

function refuse(code: ErrorCode, message: string, ref?: string): Frame {
  return { kind: "refused", code, message, ...(ref !== undefined && { ref }) };
}
