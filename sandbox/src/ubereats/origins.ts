export const hosts = {
  apex: "ubereats.localhost",
  www: "www.ubereats.localhost",
  auth: "auth.uber.localhost",
  appleId: "appleid.apple.localhost",
} as const;

/** The hosts that share the session cookies. */
export const cookieDomain = hosts.apex;

/** The origin of one of the hosts, on whatever port this request came to. */
export function originOf(host: keyof typeof hosts, requestUrl: string): string {
  const url = new URL(requestUrl);
  url.hostname = hosts[host];
  return url.origin;
}
