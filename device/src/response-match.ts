import { PassageError } from "@passage/protocol/errors";
import type { YieldCondition, YieldResult } from "@passage/protocol/yield";
import { matchable, publicUrl } from "./egress/public-url.ts";
import { type Exchange, maxBodyBytes, type NetworkLog } from "./network-log.ts";
import { searchPattern } from "./pattern.ts";
import type { YieldContext } from "./yield.ts";

type Condition = Extract<YieldCondition, { type: "networkRequest" }>;

/**
 * The first response since the last navigate that meets all of a condition's fields. Only responses of the session's own
 * origins count, and no body of a sign-in origin: what is read at a sign-in page is not the session's to have.
 */
export class ResponseMatch {
  readonly #condition: Condition;
  readonly #log: NetworkLog;
  readonly #counts: (exchange: Exchange) => boolean;
  #met: Exchange | null = null;

  constructor(condition: Condition, { page, origins, privacy }: YieldContext) {
    if (!page.network) {
      const message = "This device cannot see the page's network; use url or selector conditions";
      throw new PassageError("unsupported_command", message);
    }
    this.#condition = condition;
    this.#log = page.network;
    for (const question of [condition.url, condition.urlContains, condition.bodyContains])
      if (question !== undefined) privacy.question(question);
    const meets = requirements(condition);
    const readsBody = condition.bodyContains !== undefined || condition.captureBody;
    this.#counts = (exchange) =>
      origins.allows(exchange.url) &&
      !(readsBody && privacy.isSignIn(exchange.url)) &&
      meets.every((holds) => holds(exchange));
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
    const { url, method, status, body } = this.#met;
    const told = { url: publicUrl(url), method, status };
    if (!this.#condition.captureBody || body?.kind === "none") return told;
    if (body?.kind === "text") return { ...told, responseBody: body.text };
    const message = `The response of ${told.url} is over ${maxBodyBytes} bytes; read what you need from the page instead`;
    throw new PassageError("payload_too_large", message);
  }
}

function requirements(condition: Condition): ((exchange: Exchange) => boolean)[] {
  const { url, urlContains, method, successfulOnly, bodyContains, captureBody } = condition;
  const meets: ((exchange: Exchange) => boolean)[] = [];
  if (url !== undefined) {
    const matches = searchPattern(url);
    meets.push((exchange) => matches(matchable(exchange.url)));
  }
  if (urlContains !== undefined) meets.push((exchange) => matchable(exchange.url).includes(urlContains));
  if (method !== undefined) meets.push((exchange) => exchange.method === method.toUpperCase());
  if (successfulOnly) meets.push(({ status }) => status >= 200 && status < 300);
  if (captureBody) meets.push(({ body }) => body !== null);
  if (bodyContains !== undefined) meets.push(({ body }) => body?.kind === "text" && body.text.includes(bodyContains));
  return meets;
}
