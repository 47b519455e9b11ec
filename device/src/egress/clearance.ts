import { commands } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import type { ClientMessage, CommandResponse } from "@passage/protocol/session";
import type { AnswerSources } from "./answer-sources.ts";
import { masking } from "./masks.ts";
import { type IdBehind, ReadLeaves } from "./read-leaves.ts";
import type { Secret } from "./secrets.ts";
import { type AnswerShape, ownWords, strictErrorShape } from "./shapes.ts";
import { namesOf, type Taint } from "./taint.ts";
import { withoutCodes } from "./without-codes.ts";

const remedies = {
  typed: "What a person typed never leaves. Read another part of the page, or another page, that does not repeat it.",
  token:
    "Read the elements or fields that you need by themselves; a whole document or body (content, innerHTML, fetchInPage, waitForResponse) leaves with such values masked.",
} as const;

/**
 * Lets no message pass with a secret in it. In a whole document or body the secret is masked, any other answer becomes the
 * error `blocked_secret`, an event is dropped, and hello, which cannot be refused, tells less.
 */
export class Clearance {
  readonly #taint: Taint;
  readonly #idBehind: IdBehind | undefined;
  readonly #onRefused: (what: string) => void;
  /** Messages that were searched before: one that is sent again does not follow upon itself. */
  readonly #searched = new WeakSet<object>();

  constructor(taint: Taint, onRefused: (what: string) => void, idBehind?: IdBehind) {
    this.#taint = taint;
    this.#idBehind = idBehind;
    this.#onRefused = onRefused;
  }

  /** What may be sent of a message, which comes of `source`, was made of `sources`, and whose result has the shape. */
  clear(
    message: ClientMessage,
    source: ClientMessage,
    shape: AnswerShape | undefined,
    sources?: AnswerSources,
  ): ClientMessage {
    const again = this.#searched.has(source);
    this.#searched.add(source);
    switch (message.type) {
      case "client.command_response":
        return this.#answer(message, again, shape, sources);
      case "client.events":
        return { ...message, events: message.events.filter((event) => this.#passes(event, again)) };
      case "client.hello":
        return this.#taint.find(message, "hello", { again }).length === 0 ? message : hello(message);
      default:
        return message;
    }
  }

  #answer(
    message: CommandResponse,
    again: boolean,
    shape: AnswerShape | undefined,
    sources: AnswerSources | undefined,
  ): CommandResponse {
    const { type, id, error, result } = message;
    const behind = sources && !sources.isEmpty ? this.#taint.secretsInSources(sources, again) : [];
    if (behind.length > 0) {
      for (const name of namesOf(behind)) this.#onRefused(name);
      return { type, id, error: this.#refusal(behind) };
    }
    const picture = shape?.open === commands.screenshot.result;
    const told = error ? { error } : { result: withoutCodes(result) };
    const found = this.#inLeaves(told.result, again, shape) ?? this.#in(Object.values(told), again, picture);
    if (found.length === 0) return { type, id, ...told };
    const instead = error ? this.#inOwnWords(error) : this.#masked(told.result, found, shape, again);
    const names = namesOf(found);
    for (const name of names) this.#onRefused(instead ? `${name} (the rest was sent)` : name);
    return instead ? { type, id, ...instead } : { type, id, error: this.#refusal(found) };
  }

  #in(told: readonly unknown[], again: boolean, picture: boolean): readonly Secret[] {
    return this.#taint.secretsIn(told, "answer", { again, picture });
  }

  /** The secrets in the leaves of a declared read; null for any other answer. */
  #inLeaves(result: unknown, again: boolean, shape: AnswerShape | undefined): readonly Secret[] | null {
    if (result === undefined || !shape?.inLeaves) return null;
    const leaves = new ReadLeaves(this.#idBehind);
    shape.inLeaves(result, leaves);
    return this.#taint.secretsInLeaves(leaves, again);
  }

  /** A change that masks the secrets in the values; null where there are none, or one may not be masked. */
  maskingOf(values: unknown): ((text: string) => string) | null {
    const found = this.#taint.secretsIn(values, "source", { again: true });
    return found.length > 0 ? masking(found) : null;
  }

  /** The result with its secrets masked; null where it may not be, or still holds one afterwards. */
  #masked(result: unknown, found: readonly Secret[], shape: AnswerShape | undefined, again: boolean) {
    const change = shape?.inTexts && masking(found);
    if (!change) return null;
    const masked = shape.inTexts(result, change);
    return this.#taint.secretsIn([masked], "answer", { again }).length === 0 ? { result: masked } : null;
  }

  /** An error of the device's own words keeps its code, so that a secret which is a word of them does not hide it. */
  #inOwnWords(error: NonNullable<CommandResponse["error"]>) {
    if (!ownWords.has(error.code as never)) return null;
    const bare = strictErrorShape.parse(error) as NonNullable<CommandResponse["error"]>;
    return this.#taint.find([bare.message], "answer", { again: true }).length === 0 ? { error: bare } : null;
  }

  /** The names come from the page in part, so they are looked at too. */
  #refusal(found: readonly Secret[]): NonNullable<CommandResponse["error"]> {
    const names = namesOf(found).slice(0, 16);
    const reason = found.some(({ typed }) => typed) ? "typed" : "token";
    const clean = this.#taint.find(names, "answer", { again: true }).length === 0;
    const why = `The answer held a value that must stay on the device${clean ? `: ${names.join(", ")}` : ""}`;
    const told = { reason, ...(clean && { names }) };
    const error = new PassageError("blocked_secret", `${why}. ${remedies[reason]}`, { details: told });
    const { code, message, details } = error.toValue();
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
