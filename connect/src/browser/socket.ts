import { PassageError } from "../errors.ts";

/** The part of `WebSocket` that this library uses. The platform's own and the one of the `ws` package fit. */
export interface WebSocketLike {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { code: number }) => void): void;
}

export type WebSocketClass = new (url: string, protocols: string[]) => WebSocketLike;

/** @throws {PassageError} `invalid_argument` on a platform without `WebSocket`, such as Node 20 */
export function usableWebSocket(given: WebSocketClass | undefined): WebSocketClass {
  const found = given ?? (globalThis as { WebSocket?: WebSocketClass }).WebSocket;
  if (found) return found;
  throw new PassageError(
    "invalid_argument",
    'There is no WebSocket here, as in Node 20. Use Node 22 or later, or install "ws" and give new Passage({ webSocket: WebSocket })',
  );
}
