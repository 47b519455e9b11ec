const site = "t-mobile.localhost";

export const hosts = { apex: site, www: `www.${site}`, account: `account.${site}` } as const;

/** The origin of a sibling host on whatever port this request came to. */
export function originOf(host: keyof typeof hosts, requestUrl: string): string {
  const url = new URL(requestUrl);
  url.hostname = hosts[host];
  return url.origin;
}
