import { type ServerMessage, subprotocol } from "@passage/protocol/session";
import type { DevicePlace } from "../claim.ts";

/** A device on which no page loads: it says so to every request, until the session is over. */
export function playFailingDevice(place: DevicePlace, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = new WebSocket(`${place.websocketUrl}?role=client`, [subprotocol, place.clientToken]);
  socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "client.hello" })));
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.type === "server.session_end") resolve();
    if (message.type !== "server.command") return;
    const error = { code: "navigation_failed", message: "passage trigger plays a device on which no page loads" };
    socket.send(JSON.stringify({ type: "client.command_response", id: message.id, result: null, error }));
  });
  for (const end of ["error", "close"] as const)
    socket.addEventListener(end, () => reject(new Error("The device's socket broke off.")));
  signal.addEventListener("abort", () => reject(signal.reason));
  return promise.finally(() => socket.close());
}
