import type { CommandParams } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import { searchPattern } from "../network/regex.ts";
import { seenResponses } from "../network/seen.ts";
import type { SentRequest } from "../network/sent-headers.ts";
import type { BorrowedHeaders } from "../page-script/page-request.ts";
import type { CommandContext } from "./command.ts";

type HeadersFrom = NonNullable<CommandParams<"fetchInPage">["headersFrom"]>;

/** Headers that the browser writes itself, or that say nothing of who asks. Their values are no secrets. */
const ordinary =
  /^(accept(-.*)?|cache-control|connection|content-.*|cookie|date|dnt|expect|host|if-.*|keep-alive|origin|pragma|priority|proxy-.*|range|referer|sec-.*|te|trailer|transfer-encoding|upgrade(-.*)?|user-agent|via|x-requested-with)$/;

/**
 * Takes the named headers from the page's latest request that matches and has them all, or waits for one. A document of the
 * page's origin must have made it, to the origin that the headers are to be sent to: nobody learns a value who did not have it.
 * Each value becomes a secret of the session before it is used.
 */
export async function borrowHeaders(
  context: CommandContext,
  { url: pattern, names: given }: HeadersFrom,
  target: URL,
): Promise<BorrowedHeaders> {
  const { page, origins, privacy, progress } = context;
  const { typed, secrets } = context.egress;
  const names = given.map((name) => name.toLowerCase());
  const notBorrowed = names.find((name) => ordinary.test(name));
  if (notBorrowed !== undefined)
    throw new PassageError(
      "invalid_params",
      `params.headersFrom.names: ${notBorrowed} signs nobody in; write it in headers`,
    );
  const matches = searchPattern(pattern);
  if (!page.network)
    throw new PassageError(
      "unsupported_command",
      "This device cannot see the page's requests, so headersFrom has no source",
    );
  privacy.question(pattern);
  origins.demand(target.href);
  const from = URL.parse(page.url())?.origin ?? "null";
  const counts = ({ url, documentOrigin, headers }: SentRequest) =>
    documentOrigin === from &&
    URL.parse(url)?.origin === target.origin &&
    names.every((name) => headers.has(name)) &&
    matches(typed.matchable(url, privacy.reason === null ? "open" : "private"));
  const { network } = page;
  progress.blame("timeout", () => {
    const { words, details } = seenResponses(network, context);
    const what = `The page made no request to ${target.origin} that matches ${pattern} and has ${names.join(", ")}`;
    return { message: `${what}. ${words}`, details };
  });
  for (;;) {
    const found = network.sent.latest(counts);
    if (found) {
      const headers = Object.fromEntries(names.map((name) => [name, secretValue(found, name)]));
      return { headers, from, to: target.origin };
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = network.sent.listen(resolve);
    try {
      await progress.race(promise);
    } finally {
      stop();
    }
  }

  function secretValue({ headers }: SentRequest, name: string): string {
    const value = headers.get(name) ?? "";
    if (secrets.addHeader(name, value, true)) return value;
    const why =
      "is too short or too plain to be recognised in an answer, so it cannot be kept secret; write it in headers";
    throw new PassageError("fetch_failed", `The value of the page's ${name} header ${why}`);
  }
}
