/** Origin and path. Queries and fragments carry one-time codes and tokens, and stay on the device. */
export function publicUrl(address: string): string {
  const url = URL.parse(address);
  if (!url) return "";
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return url.protocol === "about:" ? "about:blank" : url.protocol;
  return `${url.origin}${url.pathname}`;
}
