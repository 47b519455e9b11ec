import type { DeviceKey } from "@passage/protocol/sealed-value";
import {
  closeCodes,
  type Direction,
  heartbeat,
  type Role,
  type ServerMessage,
  subprotocol,
} from "@passage/protocol/session";
import { viewersPerSession } from "../limits.ts";
import { type LogFields, log } from "../log.ts";
import { type Frame, readFrame } from "./frames.ts";
import { envelope, type Timeline } from "./timeline.ts";

export type ReadFrame = Extract<Frame, { kind: "client" | "worker" }>;

/** Facts of one socket; they hibernate with it and die with it. */
export interface Attachment {
  readonly role: Role;
  /** It said hello: only then does it take commands. */
  readonly greeted: boolean;
  /** Whether it evaluates the conditions of yields itself; null while it has not said hello. */
  readonly evaluates: boolean | null;
  /** What to seal sensitive arguments to; null for a device that cannot take them. */
  readonly key: DeviceKey | null;
  /** False for a device whose browser has opened nothing yet; null where it does not say. */
  readonly hasPage: boolean | null;
  /** The request that was already sent on this very socket, so that waking up does not send it again. */
  readonly sent: string | null;
}

/** The session's sockets, told apart by role as their tag: one client, one worker, several debug viewers. */
export class Sockets {
  readonly #context: DurableObjectState;
  readonly #timeline: Timeline;
  readonly #subject: () => LogFields;
  /** Asked of the platform once a waking, since each message looks at several. One that is closing is still among them. */
  readonly #connected: Record<Role, readonly WebSocket[]>;
  /** What was read or written of attachments while the object is awake: each message looks at several. */
  readonly #attachments = new WeakMap<WebSocket, Attachment>();

  /** @param subject what lines of the log are about */
  constructor(context: DurableObjectState, timeline: Timeline, subject: () => LogFields) {
    this.#context = context;
    this.#subject = subject;
    this.#timeline = timeline;
    this.#connected = {
      client: context.getWebSockets("client"),
      worker: context.getWebSockets("worker"),
      debug: context.getWebSockets("debug"),
    };
    context.setWebSocketAutoResponse(new WebSocketRequestResponsePair(heartbeat.ping, heartbeat.pong));
  }

  /** Upgrades a request. An older device or worker is closed: the newest has the session. 429 when there are enough viewers. */
  accept(role: Role, asksForSubprotocol: boolean): Response {
    if (role === "debug" && this.#connected.debug.filter(isOpen).length >= viewersPerSession)
      return new Response(null, { status: 429 });
    const older = role === "debug" ? [] : this.#connected[role];
    const { 0: peer, 1: socket } = new WebSocketPair();
    this.#context.acceptWebSocket(socket, [role]);
    this.#connected[role] = [...this.#connected[role], socket];
    const attachment: Attachment = { role, greeted: false, evaluates: null, key: null, hasPage: null, sent: null };
    socket.serializeAttachment(attachment);
    if (role === "debug") for (const one of this.#timeline.history()) socket.send(JSON.stringify(one));
    for (const one of older) one.close(closeCodes.replaced.code, closeCodes.replaced.reason);
    const headers = asksForSubprotocol ? { "sec-websocket-protocol": subprotocol } : undefined;
    return new Response(null, { status: 101, webSocket: peer, ...(headers && { headers }) });
  }

  /** The open socket of a role, or null. */
  of(role: "client" | "worker"): WebSocket | null {
    return this.#connected[role].findLast(isOpen) ?? null;
  }

  /** This one has closed. Answers whose it was. */
  closed(socket: WebSocket): Role {
    const { role } = this.attachment(socket);
    this.#connected[role] = this.#connected[role].filter((one) => one !== socket);
    return role;
  }

  attachment(socket: WebSocket): Attachment {
    let attachment = this.#attachments.get(socket);
    if (!attachment) {
      attachment = socket.deserializeAttachment() as Attachment;
      this.#attachments.set(socket, attachment);
    }
    return attachment;
  }

  note(socket: WebSocket, change: Partial<Attachment>): void {
    const attachment = { ...this.attachment(socket), ...change };
    this.#attachments.set(socket, attachment);
    socket.serializeAttachment(attachment);
  }

  /**
   * Reads a frame and hands it on, or answers it where it is not for the session to act on. A fault of ours in acting on it is
   * logged, and the socket closed with 1011: its peer comes back, and what it had asked or answered is said again.
   */
  receive(socket: WebSocket, data: string | ArrayBuffer, act: (frame: ReadFrame) => void): void {
    const { role, greeted } = this.attachment(socket);
    const frame = readFrame(role, data);
    if (frame.kind === "malformed") return socket.close(closeCodes.malformed.code, closeCodes.malformed.reason);
    if (frame.kind === "refused") {
      const { code, message, ref } = frame;
      return this.send(socket, { type: "server.error", code, message, ...(ref !== undefined && { ref }) });
    }
    // A peer that never says hello is greeted by its first message.
    if (!greeted && !frame.message.type.endsWith(".hello")) this.note(socket, { greeted: true });
    try {
      this.#show(frame.kind === "client" ? "client_to_server" : "worker_to_server", data as string);
      act(frame);
    } catch (error) {
      log("frame.failed", { ...this.#subject(), role, type: frame.message.type, reason: String(error) });
      socket.close(1011, "A fault of ours: connect again");
    }
  }

  send(socket: WebSocket, message: ServerMessage): void {
    if (!isOpen(socket)) return;
    const text = JSON.stringify(message);
    socket.send(text);
    const { role } = this.attachment(socket);
    if (role !== "debug") this.#show(`server_to_${role}`, text);
  }

  /** Sends to the role's socket if there is one that has said hello. */
  tell(role: "client" | "worker", message: ServerMessage): boolean {
    const socket = this.of(role);
    if (!socket || !this.attachment(socket).greeted) return false;
    this.send(socket, message);
    return true;
  }

  endAll(message: ServerMessage): void {
    for (const socket of this.#context.getWebSockets().filter(isOpen)) {
      if (this.attachment(socket).role !== "debug") this.send(socket, message);
    }
    for (const socket of this.#context.getWebSockets())
      socket.close(closeCodes.sessionOver.code, closeCodes.sessionOver.reason);
  }

  /** To the debug viewers now, and to those who come later. */
  #show(direction: Direction, message: string): void {
    this.#timeline.add(direction, message);
    if (this.#connected.debug.length === 0) return;
    // Sending to one that is being closed throws.
    const viewers = this.#connected.debug.filter(isOpen);
    const shown = JSON.stringify(envelope({ direction, message, ts: Date.now() }));
    for (const viewer of viewers) viewer.send(shown);
  }
}

function isOpen(socket: WebSocket): boolean {
  return socket.readyState === WebSocket.OPEN;
}
