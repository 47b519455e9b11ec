import type { ClientMessage, CommandResponse } from "@passage/protocol/session";
import { cutNow } from "../page-script/cut-later.ts";

type ErrorOf = NonNullable<CommandResponse["error"]>;

const longest = { message: 4_000, line: 600, place: 200 } as const;

/**
 * The message with its errors as short as they are told. It was searched for secrets before: of a text that was cut first the search
 * would see all but the end of a secret, which then would leave.
 */
export function cutErrors(message: ClientMessage): ClientMessage {
  if (message.type !== "client.command_response") return message;
  if (message.error) return { ...message, error: cutError(message.error) };
  const { results } = (message.result ?? {}) as { readonly results?: unknown };
  if (!Array.isArray(results)) return message;
  const each = results.map((one) => ("error" in one ? { ...one, error: cutError(one.error) } : one));
  return { ...message, result: { ...(message.result as object), results: each } };
}

function cutError({ code, message, details }: ErrorOf): ErrorOf {
  const cut = details && Object.fromEntries(Object.entries(details).map(([name, told]) => [name, cutDetail(told)]));
  return { code, message: cutNow(message).slice(0, longest.message), ...(cut && { details: cut }) };
}

function cutDetail(told: unknown): unknown {
  if (typeof told === "string") return cutNow(told).slice(0, longest.line);
  if (!Array.isArray(told)) return told;
  return told.map((one) => (typeof one === "string" ? cutDetail(one) : cutPlace(one)));
}

function cutPlace<Seen extends { readonly url: string }>(seen: Seen): Seen {
  const { url } = seen;
  return url.length > longest.place ? { ...seen, url: `${url.slice(0, longest.place)}…` } : seen;
}
