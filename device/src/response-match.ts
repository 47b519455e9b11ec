import { PassageError } from "@passage/protocol/errors";
import type { YieldCondition, YieldResult } from "@passage/protocol/yield";
import { publicUrl } from "./egress/public-url.ts";
import type { Typed } from "./egress/typed.ts";
import { type Exchange, maxBodyBytes, type NetworkLog } from "./network-log.ts";
import type { Page } from "./page.ts";
import { searchPattern } from "./pattern.ts";
import type { Progress } from "./progress.ts";
import type { YieldContext } from "./yield.ts";

type Condition = Extract<YieldCondition, { type: "networkRequest" }>;

/** What decides which responses may be asked about. */
type Asking = Pick<YieldContext, "origins" | "privacy" | "egress">;

/** What a response must be: all that is given. `captureBody` asks for one that has come whole. */
export type WantedResponse = Omit<Condition, "type"> & { readonly status?: number | undefined };

/** The first response since the last navigate that meets all of a condition's fields. */
export class ResponseMatch {
  readonly #condition: Condition;
  readonly #log: NetworkLog;
  readonly #counts: (exchange: Exchange) => boolean;
  #met: Exchange | null = null;

  constructor(condition: Condition, context: YieldContext) {
    this.#condition = condition;
    this.#log = networkOf(context.page, "use url or selector conditions");
    this.#counts = responseTest(condition, context);
  }

  holds(): boolean {
    if (!this.#met) {
      for (const exchange of this.#log.responses()) {
        if (!this.#counts(exchange)) continue;
        // A copy: the log may let go of the body before the yield ends.
        this.#met = { ...exchange };
        break;
      }
    }
    return this.#met !== null;
  }

  capture(): YieldResult["networkCapture"] {
    if (!this.#met) return undefined;
    const { url, method, status } = this.#met;
    const told = { url: publicUrl(url), method, status };
    const text = this.#condition.captureBody ? bodyOf(this.#met) : null;
    return text === null ? told : { ...told, responseBody: text };
  }
}

/** Waits for a response, and answers the latest since the last navigate that is as wanted. */
export async function awaitResponse(
  context: Asking & { readonly page: Page; readonly progress: Progress },
  wanted: WantedResponse,
): Promise<Exchange> {
  const { page, progress } = context;
  const log = networkOf(page, "wait for a selector or a URL");
  const counts = responseTest(wanted, context);
  for (;;) {
    const met = [...log.responses()].findLast(counts);
    if (met) return { ...met };
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = log.listen(resolve);
    try {
      await progress.race(promise);
    } finally {
      stop();
    }
  }
}

/** The text of the response; null where it has none. */
export function bodyOf({ url, body }: Exchange): string | null {
  if (body?.kind !== "tooLarge") return body?.kind === "text" ? body.text : null;
  const message = `The response of ${publicUrl(url)} is over ${maxBodyBytes} bytes; read what you need from the page instead`;
  throw new PassageError("payload_too_large", message);
}

function networkOf({ network }: Page, instead: string): NetworkLog {
  if (network) return network;
  throw new PassageError("unsupported_command", `This device cannot see the page's network; ${instead}`);
}

/**
 * Only responses of the session's own origins count, and no body of a sign-in origin: what is read at a sign-in page is not the
 * session's to have. What was typed meets no `bodyContains`, as enough of these would spell it out.
 */
function responseTest(
  wanted: WantedResponse,
  { origins, privacy, egress: { typed } }: Asking,
): (exchange: Exchange) => boolean {
  for (const question of [wanted.url, wanted.urlContains, wanted.bodyContains])
    if (question !== undefined) privacy.question(question);
  const meets = requirements(wanted, typed);
  const readsBody = wanted.bodyContains !== undefined || wanted.captureBody;
  return (exchange) =>
    origins.allows(exchange.url) &&
    !(readsBody && privacy.isSignIn(exchange.url)) &&
    meets.every((holds) => holds(exchange));
}

function requirements(wanted: WantedResponse, typed: Typed): ((exchange: Exchange) => boolean)[] {
  const { url, urlContains, method, successfulOnly, bodyContains, captureBody } = wanted;
  const meets: ((exchange: Exchange) => boolean)[] = [];
  if (url !== undefined) {
    const matches = searchPattern(url);
    meets.push((exchange) => matches(typed.matchable(exchange.url, true)));
  }
  if (urlContains !== undefined) meets.push((exchange) => typed.matchable(exchange.url, true).includes(urlContains));
  if (method !== undefined) meets.push((exchange) => exchange.method === method.toUpperCase());
  if (wanted.status !== undefined) meets.push(({ status }) => status === wanted.status);
  if (successfulOnly) meets.push(({ status }) => status >= 200 && status < 300);
  if (captureBody) meets.push(({ body }) => body !== null);
  if (bodyContains !== undefined)
    meets.push(({ body }) => body?.kind === "text" && body.text.includes(bodyContains) && !typed.holds(body.text));
  return meets;
}
