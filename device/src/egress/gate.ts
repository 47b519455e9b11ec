import { type ErrorValue, PassageError } from "@passage/protocol/errors";
import { type ClientMessage, clientMessage, heartbeat, maxFrameBytes } from "@passage/protocol/session";
import type { z } from "zod";
import { errorShape, eventPayloads, toldInPrivate } from "./shapes.ts";

export interface EgressOptions {
  /** Sees every frame before it is sent. */
  readonly onFrame?: ((text: string) => void) | undefined;
  /** Told when the gate refuses a message, by name, never by value. */
  readonly onRefused?: ((what: string) => void) | undefined;
}

/**
 * The one place that sends. A message is rebuilt from closed schemas, so that an undeclared field cannot leave. While
 * the person has control only yield answers, hello, refusals and navigation events pass.
 */
export class Egress {
  readonly #options: EgressOptions;
  #transmit: (text: string) => boolean = () => false;
  #private: { readonly yieldId: string | null } | null = null;

  constructor(options: EgressOptions = {}) {
    this.#options = options;
  }

  /** Where frames go. The function answers whether the socket took the frame. */
  attach(transmit: (text: string) => boolean): void {
    this.#transmit = transmit;
  }

  enterPrivatePhase(yieldId: string | null): void {
    this.#private = { yieldId };
  }

  leavePrivatePhase(): void {
    this.#private = null;
  }

  /** Sends a message. A command's result leaves only in the shape given for it. Answers whether the socket took it. */
  send(message: ClientMessage, resultShape?: z.ZodType): boolean {
    const closed = close(message, resultShape);
    if (this.#private && !passesInPrivate(closed, this.#private.yieldId)) {
      this.#options.onRefused?.(`${closed.type} while the person has control`);
      return false;
    }
    const text = JSON.stringify(closed);
    if (Buffer.byteLength(text) <= maxFrameBytes) return this.#frame(text);
    if (closed.type !== "client.command_response") return false;
    const error = new PassageError("payload_too_large", `The answer is over ${maxFrameBytes} bytes`).toValue();
    return this.#frame(JSON.stringify({ type: closed.type, id: closed.id, error }));
  }

  ping(): boolean {
    return this.#frame(heartbeat.ping);
  }

  #frame(text: string): boolean {
    this.#options.onFrame?.(text);
    return this.#transmit(text);
  }
}

function close(message: ClientMessage, resultShape: z.ZodType | undefined): ClientMessage {
  const known = clientMessage.parse(message);
  switch (known.type) {
    case "client.hello":
      return known;
    case "client.events":
      return {
        ...known,
        events: known.events.map((event) => {
          const payload = eventPayloads[event.type];
          if (!payload) throw new Error(`No event type ${event.type} may leave the device`);
          return { ...event, payload: payload.parse(event.payload) };
        }),
      };
    case "client.command_response": {
      const { type, id } = known;
      if (known.error) return { type, id, error: errorShape.parse(known.error) as ErrorValue };
      if (!resultShape) throw new Error("A result without a declared shape may not leave the device");
      return { type, id, result: resultShape.parse(known.result) };
    }
    default:
      throw new Error(`No ${known.type} may leave the device`);
  }
}

function passesInPrivate(message: ClientMessage, yieldId: string | null): boolean {
  if (message.type !== "client.command_response" || message.id === yieldId) return true;
  if (message.error) return toldInPrivate.has(message.error.code);
  return Object.keys(message.result as object).length === 0;
}
