export interface Env {
  SITES: DurableObjectNamespace;
  /** The product itself: answers every host that is not a sandbox site. */
  PASSAGE: Fetcher;
  /** The binding of the site that a package of providers brings, by its host. Each is a Worker of its own. */
  PACKAGE_SITES?: Readonly<Record<string, string>>;
}

/** The site that a package has for this host. */
export function packageSite(env: Env, hostname: string): Fetcher | undefined {
  const { PACKAGE_SITES: sites = {} } = env;
  const binding = Object.hasOwn(sites, hostname) ? sites[hostname] : undefined;
  return binding === undefined ? undefined : (env as unknown as Record<string, Fetcher>)[binding];
}
