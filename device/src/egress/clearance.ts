import { commands } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import type { ClientMessage, CommandResponse } from "@passage/protocol/session";
import type { Secrets } from "./secrets.ts";
import type { AnswerShape } from "./shapes.ts";
import { Taint } from "./taint.ts";
import { withoutCodes } from "./without-codes.ts";

const overfull = "a value typed after the device had no more room to watch for it";

/**
 * Lets no message pass with a secret in it. An answer becomes the error `blocked_secret`, an event is dropped, and hello,
 * which cannot be refused, tells less.
 */
export class Clearance {
  readonly #secrets: Secrets;
  readonly #taint: Taint;
  readonly #onRefused: (what: string) => void;
  /** Messages that were searched before: one that is sent again does not follow upon itself. */
  readonly #searched = new WeakSet<object>();

  constructor(secrets: Secrets, onRefused: (what: string) => void) {
    this.#secrets = secrets;
    this.#taint = new Taint(secrets);
    this.#onRefused = onRefused;
  }

  /** What may be sent of a message, which comes of `source` and whose result has the shape. */
  clear(message: ClientMessage, source: ClientMessage, shape: AnswerShape | undefined): ClientMessage {
    const again = this.#searched.has(source);
    this.#searched.add(source);
    switch (message.type) {
      case "client.command_response":
        return this.#answer(message, again, shape?.open === commands.screenshot.result);
      case "client.events":
        return { ...message, events: message.events.filter((event) => this.#passes(event, again)) };
      case "client.hello":
        return this.#taint.find(message, "hello", { again }).length === 0 ? message : hello(message);
      default:
        return message;
    }
  }

  #answer(message: CommandResponse, again: boolean, picture: boolean): CommandResponse {
    const { type, id, error, result } = message;
    const told = error ? { error } : { result: withoutCodes(result) };
    const names = this.#taint.find(Object.values(told), "answer", { again, picture });
    if (this.#secrets.overfull && !error && !isEmpty(result)) names.push(overfull);
    if (names.length === 0) return { type, id, ...told };
    for (const name of names) this.#onRefused(name);
    return { type, id, error: this.#refusal(names.slice(0, 16)) };
  }

  /** The names come from the page in part, so they are looked at too. */
  #refusal(names: string[]): NonNullable<CommandResponse["error"]> {
    const why = "The answer held a value that must stay on the device";
    const named = new PassageError("blocked_secret", `${why}: ${names.join(", ")}`, { details: { names } });
    const clean = this.#taint.find(names, "answer", { again: true }).length === 0;
    const { code, message, details } = (clean ? named : new PassageError("blocked_secret", why)).toValue();
    return { code, message, ...(details && { details: { ...details } }) };
  }

  #passes(event: { readonly type: string; readonly payload: unknown }, again: boolean): boolean {
    const names = this.#taint.find(event.payload, "event", { again, picture: event.type === "page.screenshot" });
    for (const name of names) this.#onRefused(`${event.type} with ${name}`);
    return names.length === 0;
  }
}

function hello({ type, protocol, capabilities }: Extract<ClientMessage, { type: "client.hello" }>): ClientMessage {
  return { type, ...(protocol !== undefined && { protocol }), ...(capabilities && { capabilities }) };
}

function isEmpty(result: unknown): boolean {
  return Object.keys((result as object | undefined) ?? {}).length === 0;
}
