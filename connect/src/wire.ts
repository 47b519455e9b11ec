import type { ErrorValue } from "./errors.ts";

/** The messages of a session's socket, as far as a worker sends and reads them. */
export const subprotocol = "passage.v1";
export const protocolVersion = 1;
/** Exact strings; the server answers without waking the session. */
export const heartbeat = { ping: "ping", pong: "pong" } as const;
/** The largest frame, in bytes. */
export const maxFrameBytes = 1_048_576;
/** Close codes after which connecting again is no use. */
export const closeCodes = { malformed: 4000, sessionOver: 4001, replaced: 4002 } as const;

/** Where a session stands. The last three are ends. */
export type SessionPhase = "created" | "pending" | "active" | "complete" | "failed" | "expired";

export interface SessionView {
  phase: SessionPhase;
  /** Epoch milliseconds. */
  expiresAt: number;
  clientConnected: boolean;
}

export type ServerMessage =
  | { type: "server.hello"; session: SessionView }
  | { type: "server.client_ready" | "server.client_disconnected" }
  | { type: "server.command_result"; id: string; result?: unknown; error: ErrorValue | null }
  | { type: "server.session_end"; phase: SessionPhase; error: ErrorValue | null }
  | { type: "server.error"; code: string; message: string; ref?: string | undefined }
  | { type: "server.replay"; messages: Record<string, unknown>[] };

/** Reads a frame. Undefined: nothing that concerns a worker; a newer server may send more than we know. */
export function readMessage(data: unknown): ServerMessage | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && "type" in value ? (value as ServerMessage) : undefined;
  } catch {
    return undefined;
  }
}
