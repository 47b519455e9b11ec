import type { WebSocketClass } from "./browser/socket.ts";
import { PassageError } from "./errors.ts";
import { type Call, pathOf, type Sending } from "./http/client-call.ts";
import { type Fetch, requestJson } from "./http/http-request.ts";
import { withRetries } from "./http/retry.ts";
import { type Routes, routes } from "./protocol.generated.ts";
import { Events } from "./resources/events.ts";
import { Keys } from "./resources/keys.ts";
import { Links } from "./resources/links.ts";
import { Providers } from "./resources/providers.ts";
import { Sandbox } from "./resources/sandbox.ts";
import { Sessions } from "./resources/sessions.ts";
import { WebhookEndpoints } from "./resources/webhook-endpoints.ts";
import { WebhookKeys } from "./resources/webhook-keys.ts";

export interface PassageOptions {
  /** An API key, `psg_test_...` or `psg_live_...`. Belongs on a server, never in a browser. Undefined is refused. */
  apiKey: string | undefined;
  /** Where the Passage server answers. Default `http://localhost:8787`, where `passage start` listens. */
  baseUrl?: string | undefined;
  /** How often a request is sent again when it may help (no answer, 429, 5xx). Default 2; 0 for none. */
  maxRetries?: number | undefined;
  /** Used in place of the global `fetch`. */
  fetch?: Fetch | undefined;
  /** Used in place of the global `WebSocket`, which Node 20 lacks: there, the one of the `ws` package. */
  webSocket?: WebSocketClass | undefined;
}

/**
 * The client of a Passage server. The key is kept in a private field: it shows up in no error, log or inspection.
 *
 * ```ts
 * const passage = new Passage({ apiKey: process.env.PASSAGE_API_KEY });
 * const link = await passage.links.create({ provider: "tmobile", operations: [{ type: "mobileBillingStatement:read" }] });
 * ```
 */
export class Passage {
  readonly links: Links;
  readonly events: Events;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly webhookKeys: WebhookKeys;
  readonly keys: Keys;
  readonly providers: Providers;
  readonly sandbox: Sandbox;
  readonly sessions: Sessions;

  /** @throws {PassageError} `invalid_argument` when the key is missing or `baseUrl` is not an http(s) address */
  constructor(options: PassageOptions) {
    const authorization = `Bearer ${usableKey(options?.apiKey)}`;
    const base = usableBase(options.baseUrl ?? "http://localhost:8787");
    const { fetch: send, maxRetries = 2 } = options;
    const call: Call = async <Name extends keyof Routes>(
      name: Name,
      { id, query = {}, body, idempotencyKey, signal }: Sending,
    ) => {
      const [method] = routes[name];
      const headers = {
        authorization,
        // One key for all tries of this call: what the first one did is not done twice.
        ...(method === "POST" && { "idempotency-key": idempotencyKey ?? crypto.randomUUID() }),
      };
      const url = base + pathOf(name, id) + searchOf(query);
      const attempt = () => requestJson<Routes[Name]["answer"]>({ method, url, headers, body, signal }, send);
      return withRetries(attempt, maxRetries, signal);
    };
    this.links = new Links(call);
    this.events = new Events(call);
    this.webhookEndpoints = new WebhookEndpoints(call);
    this.webhookKeys = new WebhookKeys(call);
    this.keys = new Keys(call);
    this.providers = new Providers(call);
    this.sandbox = new Sandbox(call);
    this.sessions = new Sessions(call, { fetch: send, webSocket: options.webSocket });
  }
}

function searchOf(query: object): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

/** Checked here because `fetch` would quote a key that is no header value in its own error. */
function usableKey(apiKey: unknown): string {
  if (typeof apiKey !== "string" || apiKey === "") {
    throw new PassageError("invalid_argument", "apiKey is missing: give new Passage({ apiKey }) a key (psg_...)");
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new PassageError("invalid_argument", "apiKey holds a space, a line break or another character no key has");
  }
  return apiKey;
}

function usableBase(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const plain = url && !url.search && !url.hash && !url.username && !url.password;
  if (!plain || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new PassageError("invalid_argument", "baseUrl must be an address such as https://passage.example.com");
  }
  return url.href.replace(/\/+$/, "");
}
