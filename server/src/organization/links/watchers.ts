import type { LinkStatusMessage } from "@passage/protocol/events";
import { heartbeat } from "@passage/protocol/session";
import { statusSocketsPerLink } from "../../limits.ts";
import { type LinkRecord, toStateRow } from "./link-record.ts";
import { isOver } from "./machine.ts";

/**
 * The watchers of `/link/ws`, told apart by the link's id as their tag. They hibernate; nothing is kept in memory. Each socket
 * has what it was last told, so that nothing is told twice.
 */
export class Watchers {
  readonly #context: DurableObjectState;

  constructor(context: DurableObjectState) {
    this.#context = context;
    context.setWebSocketAutoResponse(new WebSocketRequestResponsePair(heartbeat.ping, heartbeat.pong));
  }

  /** Upgrades the request: the watcher gets the status at once, and each change after it. 429 when the link has its fill. */
  accept(link: LinkRecord): Response {
    if (this.#context.getWebSockets(link.id).length >= statusSocketsPerLink) return new Response(null, { status: 429 });
    const { 0: watcher, 1: socket } = new WebSocketPair();
    this.#context.acceptWebSocket(socket, [link.id]);
    tell(socket, link);
    return new Response(null, { status: 101, webSocket: watcher });
  }

  announce(link: LinkRecord): void {
    for (const socket of this.#context.getWebSockets(link.id)) tell(socket, link);
  }

  endAll(): void {
    for (const socket of this.#context.getWebSockets()) socket.close(1001, "The link is gone");
  }
}

function tell(socket: WebSocket, { id, state }: LinkRecord): void {
  const { status, step, current_session_id, cancelled_at } = toStateRow(state);
  const told = JSON.stringify([status, step, current_session_id, cancelled_at]);
  if (socket.deserializeAttachment() === told) return;
  socket.serializeAttachment(told);
  const message: LinkStatusMessage = {
    type: "link.status",
    linkId: id,
    status,
    ...(step && { step }),
    ...(state.status === "failed" && { error: { ...state.error } }),
    ...(cancelled_at !== null && { cancelledAt: cancelled_at }),
    ts: Date.now(),
  };
  socket.send(JSON.stringify(message));
  if (isOver(state)) socket.close(1000, "The link has ended");
}
