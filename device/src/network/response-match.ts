import { type ErrorCode, PassageError } from "@passage/protocol/errors";
import { maxFrameBytes } from "@passage/protocol/session";
import type { YieldCondition, YieldResult } from "@passage/protocol/yield";
import { publicUrl } from "../egress/public-url.ts";
import type { Typed } from "../egress/typed.ts";
import type { Progress } from "../executor/progress.ts";
import type { Page } from "../page/page.ts";
import type { Exchange, MissingBody, NetworkLog } from "./log.ts";
import { searchPattern } from "./regex.ts";
import { type Asking, seenResponses } from "./seen.ts";

type Condition = Extract<YieldCondition, { type: "networkRequest" }>;

/** What a response must be: all that is given. `captureBody` asks for one that has come whole. */
export type WantedResponse = Omit<Condition, "type"> & { readonly status?: number | undefined };

/** The first response since the last navigate that meets all of a condition's fields. */
export class ResponseMatch {
  readonly #condition: Condition;
  readonly #log: NetworkLog;
  readonly #test: ResponseTest;
  #tested = -1;
  #met: Exchange | null = null;
  #obstacle: PassageError | null = null;

  constructor(condition: Condition, context: Asking & { readonly page: Page }) {
    this.#condition = condition;
    this.#log = networkOf(context.page, "use url or selector conditions");
    this.#test = responseTest(condition, context);
  }

  holds(): boolean {
    if (this.#met) return true;
    const since = this.#tested;
    this.#tested = this.#log.revision;
    for (const exchange of this.#log.responses(since)) {
      const outcome = this.#test(exchange);
      if (outcome === "unknown") this.#obstacle ??= missingBody(exchange, exchange.body as MissingBody);
      if (outcome !== "met") continue;
      // A copy: the log may let go of the body before the yield ends.
      this.#met = { ...exchange };
      break;
    }
    return this.#met !== null;
  }

  /** Why the condition may never hold, though a response meets it as far as can be known. */
  obstacle(): PassageError | null {
    return this.#obstacle;
  }

  capture(): YieldResult["networkCapture"] {
    if (!this.#met) return undefined;
    const { url, method, status, body } = this.#met;
    const told = { url: publicUrl(url), method, status };
    if (!this.#condition.captureBody) return told;
    // No error for these: the person has done their part, and the match is reported in any case.
    if (body !== null && !["text", "none", "tooLarge"].includes(body.kind))
      return { ...told, bodyMissing: body.kind as "binary" };
    const text = capturedBody(this.#met);
    return text === null ? told : { ...told, responseBody: text };
  }
}

/** Waits for a response, and returns the latest since the last navigate that is as wanted. */
export async function awaitResponse(
  context: Asking & { readonly page: Page; readonly progress: Progress },
  wanted: WantedResponse,
): Promise<Exchange> {
  const { page, progress } = context;
  const log = networkOf(page, "wait for a selector or a URL");
  const test = responseTest(wanted, context);
  progress.blame("timeout", () => {
    const { words, details } = seenResponses(log, context);
    return { message: `No response was as wanted (${wanted.url}). ${words}`, details };
  });
  for (let tested = -1; ; ) {
    const met = [...log.responses(tested)].findLast((exchange) => test(exchange) === "met");
    if (met) return { ...met };
    tested = log.revision;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = log.listen(resolve);
    try {
      await progress.race(promise);
    } finally {
      stop();
    }
  }
}

/**
 * The text of the response; null where it has no body.
 * @throws `payload_too_large`, `body_unavailable`
 */
export function bodyOf(exchange: Exchange): string | null {
  const { body } = exchange;
  if (body === null || body.kind === "none") return null;
  if (body.kind === "text") return body.text;
  throw missingBody(exchange, body);
}

/** As {@link bodyOf}, for a body that is to leave the device whole: it has to fit into a frame. */
export function capturedBody(exchange: Exchange): string | null {
  const text = bodyOf(exchange);
  if (text === null || Buffer.byteLength(text) <= maxFrameBytes) return text;
  const message = `The response of ${publicUrl(exchange.url)} is over ${maxFrameBytes} bytes; extract what you need of it, or read it from the page`;
  throw new PassageError("payload_too_large", message);
}

function missingBody({ url }: Exchange, { kind, why }: MissingBody): PassageError {
  const message = `The body of ${publicUrl(url)} ${why}; read what you need from the page, or ask for it with fetchInPage`;
  const code = codesOfMissing[kind] ?? "body_unavailable";
  return new PassageError(code, message, { details: { reason: kind } });
}

const codesOfMissing: { readonly [Kind in MissingBody["kind"]]?: ErrorCode } = {
  tooLarge: "payload_too_large",
  private: "blocked_private",
};

function networkOf({ network }: Page, instead: string): NetworkLog {
  if (network) return network;
  throw new PassageError("unsupported_command", `This device cannot see the page's network; ${instead}`);
}

/** `unknown`: everything holds but `bodyContains`, whose body cannot be searched. */
type ResponseTest = (exchange: Exchange) => "met" | "unmet" | "unknown";

/**
 * Only responses of the session's own origins count, and no body of a sign-in origin: what is read at a sign-in page is not the
 * session's to have. A body is looked at as a read would tell it, as enough of these would spell out what it holds.
 */
function responseTest(wanted: WantedResponse, { origins, privacy, egress: { typed } }: Asking): ResponseTest {
  for (const question of [wanted.url, wanted.urlContains, wanted.bodyContains])
    if (question !== undefined) privacy.question(question);
  const asTold = ({ url }: Exchange) => typed.matchable(url, privacy.reason === null ? "open" : "private");
  const meets = requirements(wanted, asTold);
  const { bodyContains, captureBody } = wanted;
  const readsBody = bodyContains !== undefined || captureBody;
  return (exchange) => {
    const { url, body } = exchange;
    if (!origins.allows(url) || (readsBody && privacy.isSignIn(url))) return "unmet";
    if (!meets.every((holds) => holds(exchange)) || (readsBody && body === null)) return "unmet";
    return bodyContains === undefined ? "met" : holdsText(body, bodyContains, typed);
  };
}

function holdsText(body: Exchange["body"], wanted: string, typed: Typed): "met" | "unmet" | "unknown" {
  switch (body?.kind) {
    case "text":
      return typed.told(body.text)?.includes(wanted) ? "met" : "unmet";
    case "tooLarge":
    case "undecodable":
    case "notKept":
    case "private":
      return "unknown";
    default:
      return "unmet";
  }
}

function requirements(
  wanted: WantedResponse,
  asTold: (exchange: Exchange) => string,
): ((exchange: Exchange) => boolean)[] {
  const { url, urlContains, method, successfulOnly } = wanted;
  const meets: ((exchange: Exchange) => boolean)[] = [];
  if (method !== undefined) meets.push((exchange) => exchange.method === method.toUpperCase());
  if (wanted.status !== undefined) meets.push(({ status }) => status === wanted.status);
  if (successfulOnly) meets.push(({ status }) => status >= 200 && status < 300);
  if (url !== undefined) {
    const matches = searchPattern(url);
    meets.push((exchange) => matches(asTold(exchange)));
  }
  if (urlContains !== undefined) meets.push((exchange) => asTold(exchange).includes(urlContains));
  return meets;
}
