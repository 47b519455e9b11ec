import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { Session as SessionResource } from "@passage/protocol/http/session";
import {
  type ClientMessage,
  clientCapabilities,
  type Role,
  type ServerMessage,
  type WorkerMessage,
} from "@passage/protocol/session";
import { protocolVersion } from "@passage/protocol/version";
import { isOver, isPresent, type OverState, stepOf } from "./machine.ts";
import { mandateOf } from "./program.ts";
import type { Kept } from "./record.ts";
import type { SessionConfig } from "./session-config.ts";
import type { Attachment } from "./sockets.ts";

export type Hello = Extract<ClientMessage | WorkerMessage, { type: "client.hello" | "worker.hello" }>;

/** What yields are evaluated on, and what a developer reads afterwards. */
const watchedEvents = [
  "navigation",
  "net.response",
  "console",
  "error.uncaught",
  "page.snapshot",
  "page.screenshot",
] as const;

/** What a hello says of its socket's peer. */
export function peerOf(hello: Hello): Omit<Attachment, "role" | "sent"> {
  if (hello.type !== "client.hello") return { greeted: true, evaluates: false, key: null, hasPage: null };
  const evaluates = hello.capabilities?.includes(clientCapabilities[0]) ?? false;
  return { greeted: true, evaluates, key: hello.key ?? null, hasPage: hello.hasPage ?? null };
}

/** The answer to a hello: where the session stands and, to the device, what it will be asked to do and where. */
export function helloMessage(
  role: Role,
  { config, expiresAt, state }: Kept,
  lastClientSeq: number,
  sandboxUrl: string | undefined,
): ServerMessage {
  return {
    type: "server.hello",
    protocol: protocolVersion,
    session: {
      id: config.sessionId,
      phase: state.phase,
      expiresAt,
      clientConnected: isPresent(state, "client"),
      workerConnected: isPresent(state, "worker"),
    },
    lastClientSeq,
    ...(role === "client" && { debug: config.debug, eventFilter: { types: [...watchedEvents] } }),
    ...(role === "client" && config.capture && { capture: config.capture }),
    ...(role === "client" && config.attempt && mandateOf(config.attempt)),
    ...(role === "client" && config.attempt?.accountSalt && { accountSalt: config.attempt.accountSalt }),
    ...(role === "client" && config.attempt && config.mode === "test" && sandboxUrl && { sandbox: sandboxUrl }),
  };
}

/** The session as its owner sees it. A link's result is told by the link alone. */
export function describeSession({ config, createdAt, expiresAt, state }: Kept): SessionResource {
  return {
    id: config.sessionId,
    linkId: config.attempt?.linkId ?? null,
    phase: state.phase,
    clientConnected: isPresent(state, "client"),
    workerConnected: isPresent(state, "worker"),
    metadata: config.metadata,
    result: state.phase === "complete" && !config.attempt ? JSON.parse(state.result) : null,
    error: state.phase === "failed" || state.phase === "expired" ? { ...state.error } : null,
    createdAt,
    expiresAt,
  };
}

/** Where it stands; null when it is over. */
export function describeStep({ state }: Kept): LinkStep | null {
  return isOver(state) ? null : stepOf(state);
}

/** How it ended; null while it goes on. */
export function describeEnd({ state }: Kept): { error: ErrorValue | null } | null {
  if (!isOver(state)) return null;
  return { error: state.phase === "complete" ? null : { ...state.error } };
}

/** The last message of a session; `returnUrl` says where the person goes next, with the outcome added. */
export function endMessage(state: OverState, config: SessionConfig): ServerMessage {
  const status = state.phase === "complete" ? "complete" : "failed";
  const returnUrl = config.attempt?.returnUrl ?? null;
  return {
    type: "server.session_end",
    phase: state.phase,
    error: state.phase === "complete" ? null : { ...state.error },
    returnUrl: returnUrl && withQuery(returnUrl, { status }),
  };
}

/** The URL with parameters added; its own query and fragment stay. */
export function withQuery(url: string, parameters: Record<string, string>): string {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(parameters)) changed.searchParams.set(name, value);
  return changed.href;
}
