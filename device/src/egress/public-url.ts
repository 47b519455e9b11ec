/** What a signed session in live mode tells of an address that its manifests do not declare. */
export const elsewhere = "other";

/** Origin and path. Queries and fragments carry one-time codes and tokens, and stay on the device. */
export function publicUrl(address: string): string {
  const url = URL.parse(address);
  if (!url) return address === elsewhere ? elsewhere : "";
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return url.protocol === "about:" ? "about:blank" : url.protocol;
  return `${url.origin}${url.pathname}`;
}

/** The public URL with `:id` for what names a person or a grant in its path: what a private phase tells of a place. */
export function placeOf(address: string): string {
  const url = URL.parse(address);
  if (!url?.origin.startsWith("http")) return publicUrl(address);
  return url.origin + url.pathname.split("/").map(withoutId).join("/");
}

/** The address as a pattern may look at it in a private phase: without values in query and fragment that may be secret. */
export function matchable(address: string): string {
  const url = URL.parse(address);
  if (!url?.origin.startsWith("http")) return publicUrl(address);
  const tail = url.search + url.hash;
  return url.origin + url.pathname + tail.replace(/[^?&#=/;]+/g, (part) => (isTelling(part) ? "" : part));
}

function withoutId(segment: string): string {
  const characters = segment.replace(/[-_.]/g, "");
  const digits = characters.match(/\d/g)?.length ?? 0;
  const isId = /^\d{4,}$/.test(characters) || (digits >= 3 && characters.length >= 8) || /@|%40/i.test(segment);
  return isId || (!/[-_.]/.test(segment) && segment.length >= 24) || segment.length > 64 ? ":id" : segment;
}

function isTelling(part: string): boolean {
  return part.length > 16 || (part.match(/\d/g)?.length ?? 0) >= 3 || /@|%40/i.test(part);
}
