import { type ErrorValue, PassageError } from "@passage/protocol/errors";
import {
  type ClientMessage,
  captureEvents,
  clientMessage,
  heartbeat,
  maxCaptureBytes,
  maxFrameBytes,
} from "@passage/protocol/session";
import type { z } from "zod";
import type { AnswerSources } from "./answer-sources.ts";
import { Clearance } from "./clearance.ts";
import { cutErrors } from "./cut-errors.ts";
import { learnFrom } from "./learn.ts";
import { type Ledger, ledgerMemberBytes, withHead } from "./ledger.ts";
import { deep } from "./masks.ts";
import type { PrivatePhase } from "./private-phase.ts";
import type { IdBehind } from "./read-leaves.ts";
import { Secrets } from "./secrets.ts";
import { type AnswerShape, errorShape, payloadShape, privateErrorShape, strictErrorShape } from "./shapes.ts";
import { ShownTexts } from "./shown-secrets.ts";
import { Taint } from "./taint.ts";
import { ToldBits } from "./told-bits.ts";
import { Typed } from "./typed.ts";

export interface EgressOptions {
  /** Sees every frame before it is sent. */
  readonly onFrame?: ((text: string) => void) | undefined;
  /** Told when the gate refuses a message, by name, never by value. */
  readonly onRefused?: ((what: string) => void) | undefined;
  /** Gets an entry for every message that is sent. */
  readonly ledger?: Ledger | undefined;
  /** Whether the session is a signed operation's: then an error leaves as its code alone. */
  readonly isStrict?: (() => boolean) | undefined;
  /** What a code for an account was made of. */
  readonly idBehind?: IdBehind | undefined;
}

/**
 * The one place that sends. A message is rebuilt from closed schemas, so that an undeclared field cannot leave; in a
 * private phase from the private ones, whoever asked and whatever was read. What holds a secret does not leave at all.
 */
export class Egress {
  /** What must not leave, however it is written. */
  readonly secrets = new Secrets();
  readonly #taint = new Taint(this.secrets);
  readonly typed = new Typed(this.secrets, this.#taint);
  readonly shown = new ShownTexts(this.secrets);
  /** What a signed session has told besides declared leaves. */
  readonly told = new ToldBits();
  readonly #privacy: PrivatePhase;
  readonly #options: EgressOptions;
  readonly #clearance: Clearance;
  /** Returns that were counted before: one that is sent again tells nothing new. */
  readonly #counted = new WeakMap<object, ClientMessage>();
  #transmit: (text: string) => boolean = () => false;

  constructor(privacy: PrivatePhase, options: EgressOptions = {}) {
    this.#privacy = privacy;
    this.#options = options;
    this.#clearance = new Clearance(this.#taint, (what) => options.onRefused?.(what), options.idBehind);
  }

  /** Where frames go. The function returns whether the socket took the frame. */
  attach(transmit: (text: string) => boolean): void {
    this.#transmit = transmit;
  }

  /**
   * Sends a message. A command's result leaves only in the shape given for it, and its outcome not at all where `sources`, of
   * which it was made, hold a secret. Returns whether the socket took it.
   */
  send(message: ClientMessage, answer?: AnswerShape, sources?: AnswerSources): boolean {
    if (message.type === "client.command_response" && answer?.inTexts) learnFrom(message.result, this.secrets);
    this.secrets.settle();
    const closed = this.#close(message, answer);
    if (!closed) return false;
    // What a private page refuses by itself does not depend on the sources.
    const isClosed = "error" in closed && closed.error !== undefined && !("error" in message && message.error);
    const clear = () => this.#clearance.clear(closed, message, answer, isClosed ? undefined : sources);
    const cleared = cutErrors(this.#counted.get(message) ?? this.#strict(clear(), message));
    const text = JSON.stringify(cleared);
    if (Buffer.byteLength(text) <= limit(cleared) - ledgerMemberBytes) {
      const sent = this.#write(cleared, text);
      if (sent && "result" in cleared) answer?.sent?.();
      return sent;
    }
    if (closed.type !== "client.command_response") return false;
    const error = new PassageError("payload_too_large", `The answer is over ${maxFrameBytes} bytes`).toValue();
    const instead = this.#strict({ type: closed.type, id: closed.id, error: mutable(error) }, message);
    return this.#write(instead, JSON.stringify(instead));
  }

  /** Of a signed session an error is its code whatever refused, and each answer is counted. */
  #strict(cleared: ClientMessage, message: ClientMessage): ClientMessage {
    if (cleared.type !== "client.command_response" || this.#options.isStrict?.() !== true) return cleared;
    const { type, id } = cleared;
    const strict = ({ code, message: words, details }: NonNullable<typeof cleared.error>) =>
      ({ type, id, error: strictErrorShape.parse({ code, message: words, details }) }) as ClientMessage;
    const told = cleared.error ? strict(cleared.error) : cleared;
    const kept = this.told.tell(cleared) ? told : strict({ code: "payload_too_large", message: "" });
    this.#counted.set(message, kept);
    return kept;
  }

  /**
   * A body as a free read of it would leave, as far as it can be masked: what is made of it then tells no more than it would. The
   * gate refuses what may not be masked.
   */
  masked(body: unknown, lookedUp: AnswerSources): unknown {
    const change = this.#clearance.maskingOf(lookedUp.texts);
    return change ? deep(body, change) : body;
  }

  ping(): boolean {
    return this.#frame(heartbeat.ping);
  }

  /** A message and its entry in the ledger leave together, or neither does. */
  #write(message: ClientMessage, text: string): boolean {
    const { ledger } = this.#options;
    const draft = ledger?.draft(message, text);
    const sent = this.#frame(draft ? withHead(text, draft.head) : text);
    if (draft && sent) ledger?.add(draft);
    return sent;
  }

  #frame(text: string): boolean {
    this.#options.onFrame?.(text);
    return this.#transmit(text);
  }

  /** The message as it may leave now; null when nothing of it may. */
  #close(message: ClientMessage, answer: AnswerShape | undefined): ClientMessage | null {
    const known = clientMessage.parse(message);
    const refusal = this.#privacy.refusal() ?? this.secrets.refusal();
    switch (known.type) {
      case "client.hello":
        return known;
      case "client.events": {
        const shapes = known.events.map(({ type }) => payloadShape(type)[refusal ? "private" : "open"]);
        const events = known.events.flatMap((event, index) => {
          const shape = shapes[index];
          if (!shape) this.#refused(event.type);
          return shape ? [{ ...event, payload: shape.parse(event.payload) as Record<string, unknown> }] : [];
        });
        return events.length > 0 || known.events.length === 0 ? { ...known, events } : null;
      }
      case "client.command_response": {
        const { type, id } = known;
        const isStrict = this.#options.isStrict?.() === true;
        if (known.error) {
          const errors = isStrict ? strictErrorShape : refusal ? privateErrorShape : errorShape;
          return { type, id, error: errors.parse(known.error) as never };
        }
        if (!answer) throw new Error("A result without a declared shape may not leave the device");
        const close = (shape: z.ZodType) => {
          const result = shape.parse(known.result);
          return { type, id, result: isStrict ? withStrictErrors(result) : result };
        };
        if (!refusal) return close(answer.open);
        if (answer.private) return close(answer.private);
        this.#refused("an answer with the page's content");
        return { type, id, error: mutable(refusal.toValue()) };
      }
      default:
        throw new Error(`No ${known.type} may leave the device`);
    }
  }

  #refused(what: string): void {
    const { reason } = this.#privacy;
    this.#options.onRefused?.(reason ? `${what}, as the page is private (${reason})` : `${what}, as ${tooMany}`);
  }
}

const tooMany = "there are more secrets than can be watched for";

/** A batch's answer with its error as a signed session's. */
function withStrictErrors(result: unknown): unknown {
  const { results } = (result ?? {}) as { results?: unknown };
  if (!Array.isArray(results)) return result;
  return { results: results.map((one) => ("error" in one ? { error: strictErrorShape.parse(one.error) } : one)) };
}

/** A capture has a larger frame to itself. */
function limit(message: ClientMessage): number {
  const isCapture =
    message.type === "client.events" &&
    message.events.length === 1 &&
    captureEvents.includes(message.events[0]?.type ?? "");
  return isCapture ? maxCaptureBytes : maxFrameBytes;
}

function mutable({ code, message, details }: ErrorValue) {
  return { code, message, ...(details && { details: { ...details } }) };
}
