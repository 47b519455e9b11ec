import type { LinkDetails } from "@passage/protocol/http/claim";

/**
 * Where the person goes afterwards: the link's `returnUrl` with its own query untouched, plus `linkId` and `status`.
 * Null where there is none, or where it would run code in this page.
 */
export function returnAddress(details: LinkDetails, status: "complete" | "failed" | "expired"): string | null {
  if (details.returnUrl === null || !URL.canParse(details.returnUrl)) return null;
  const url = new URL(details.returnUrl);
  if (["javascript:", "data:", "blob:", "file:", "vbscript:", "about:"].includes(url.protocol)) return null;
  // Appended as text: searchParams.set would spell the rest of the query anew.
  const add = (name: string, value: string) => {
    if (url.searchParams.has(name)) return;
    url.search += `${url.search === "" ? "?" : "&"}${name}=${encodeURIComponent(value)}`;
  };
  add("linkId", details.linkId);
  add("status", status);
  return url.href;
}
