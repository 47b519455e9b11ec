import { areWords } from "./plain-values.ts";
import { mayNameSecret } from "./token-like.ts";

/** What a signed session in live mode reports about an address that its manifests do not declare. */
export const elsewhere = "other";

/** Origin and path. Queries and fragments carry one-time codes and tokens, and stay on the device. */
export function publicUrl(address: string): string {
  const url = URL.parse(address);
  if (!url) return address === elsewhere ? elsewhere : "";
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return url.protocol === "about:" ? "about:blank" : url.protocol;
  return `${url.origin}${url.pathname}`;
}

/** The public URL with `:id` for what names a person or a grant in its path: what a private phase reports about a place. */
export function placeOf(address: string): string {
  const url = URL.parse(address);
  if (!url?.origin.startsWith("http")) return publicUrl(address);
  return url.origin + url.pathname.split("/").map(withoutId).join("/");
}

/**
 * The address as a pattern may look at it where the address itself is not told: of query and fragment only words and numbers of two
 * digits, none under a name that is a token's. In a private phase an id in the path is `:id`, or as many zeros as it has digits.
 */
export function matchable(address: string, isPrivate = true): string {
  const url = URL.parse(address);
  if (!url?.origin.startsWith("http")) return publicUrl(address);
  const path = isPrivate ? url.pathname.split("/").map(standIn).join("/") : url.pathname;
  const tail = (url.search + url.hash).replace(/([^?&#=;]+)(=?)([^?&#;]*)/g, (_all, name, is, value) => {
    const isNamed = is !== "" && mayNameSecret(name);
    return withoutValues(name) + is + (isNamed ? "" : withoutValues(value));
  });
  return url.origin + path + tail;
}

function standIn(segment: string): string {
  return /^\d{4,64}$/.test(segment) ? segment.replace(/\d/g, "0") : withoutId(segment);
}

function withoutValues(text: string): string {
  return text.replace(/[^=/]+/g, (part) => (isWordy(part) ? part : ""));
}

/** Words as `orderBy`, `page-2`, or too few letters to sign anybody in. */
function isWordy(part: string): boolean {
  if (part.length > 24 || !/^[A-Za-z\d_.:+-]+$/.test(part) || (part.match(/\d/g)?.length ?? 0) > 2) return false;
  const words = part.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
  return words.join("").length < 8 || words.every((word) => word.length >= 2 && areWords(word.toLowerCase()));
}

function withoutId(segment: string): string {
  const characters = segment.replace(/[-_.]/g, "");
  const digits = characters.match(/\d/g)?.length ?? 0;
  const isId = /^\d{4,}$/.test(characters) || (digits >= 3 && characters.length >= 8) || /@|%40/i.test(segment);
  return isId || (!/[-_.]/.test(segment) && segment.length >= 24) || segment.length > 64 ? ":id" : segment;
}
