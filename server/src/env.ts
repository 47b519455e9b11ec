/** The bindings, the same on one machine and on the network. `wrangler.jsonc` names them. */
export interface Env {
  readonly ORGANIZATION: DurableObjectNamespace;
  readonly DIRECTORY: DurableObjectNamespace;
  readonly SESSION: DurableObjectNamespace;
  /** Seals ids and encrypts signing keys at rest. 32 random bytes, base64url. Losing it makes every id unknown. */
  readonly PASSAGE_SECRET: string;
  /** Opens the operator routes. */
  readonly OPERATOR_TOKEN: string;
  /** Where people reach this server. Absent: the origin of the request at hand. */
  readonly PUBLIC_URL?: string;
  /** Where the sandbox answers, such as `http://localhost:8787`. Absent: no test-mode links. */
  readonly SANDBOX_URL?: string;
  /** Requests a key, `<requests>/<seconds>`. Default 1000/10. */
  readonly RATE_LIMIT_KEY?: string;
  /** Link shards of an organization that is new, 1 to 64. Default 1. */
  readonly LINK_SHARDS?: string;
  /** Requests an address on the public routes. Default 60/10. */
  readonly RATE_LIMIT_ADDRESS?: string;
  /** The header in which a proxy in front tells the caller's address. Absent: the connection's own. */
  readonly CLIENT_ADDRESS_HEADER?: string;
  /** The files of the reference page. */
  readonly ASSETS: Fetcher;
  /** A network that may reach loopback, for test-mode webhooks in development. Absent in production. */
  readonly LOOPBACK?: Fetcher;
  /** Any text: a line in the log for each request. */
  readonly LOG_REQUESTS?: string;
  /** Delays before each webhook attempt in ms, separated by commas; and after which time of failures an endpoint is disabled. Development only. */
  readonly RETRY_SCHEDULE?: string;
  readonly DISABLE_AFTER?: string;
  /** A DNS-over-HTTPS resolver that is asked what a webhook's host leads to. For the network: self-hosted, the connection itself is checked. */
  readonly DNS_OVER_HTTPS?: string;
}
