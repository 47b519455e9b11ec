import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

export type Answer = {
  status: number;
  url: URL;
  body: string;
  location: string | null;
  json(): ReturnType<JSON["parse"]>;
};
export type Ask = {
  method?: string;
  body?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/**
 * A browser's cookies and redirects, without a browser. It connects to loopback itself, because `*.localhost` is not
 * resolved everywhere, and `fetch` does not let its caller set `Host`.
 */
export class TestBrowser {
  /** Every cookie value this browser was ever given. */
  readonly cookieValues = new Set<string>();
  readonly #port: number;
  readonly #jars = new Map<string, Map<string, string>>();

  constructor(port: number) {
    this.#port = port;
  }

  /** One request, no redirect followed. An address without a host is on `www`. */
  async ask(address: string, { method = "GET", body, headers = {}, signal }: Ask = {}): Promise<Answer> {
    const url = new URL(address, `http://www.t-mobile.localhost:${this.#port}`);
    const jar = this.#jarOf(url.hostname);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = request({
      host: "127.0.0.1",
      port: this.#port,
      path: url.pathname + url.search,
      method,
      signal,
      headers: { host: `${url.hostname}:${this.#port}`, ...(cookie && { cookie }), ...headers },
    });
    sent.end(body);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    sent.on("response", resolve).on("error", reject);
    const response = await promise;
    for (const line of response.headers["set-cookie"] ?? []) this.#keep(jar, line);
    const received = await text(response);
    return {
      status: response.statusCode ?? 0,
      url,
      body: received,
      location: response.headers.location ? new URL(response.headers.location, url).href : null,
      json: () => JSON.parse(received),
    };
  }

  /** Opens a page and follows its redirects. */
  async open(address: string): Promise<Answer> {
    let answer = await this.ask(address);
    while (answer.location) answer = await this.ask(answer.location);
    return answer;
  }

  /** Posts one sign-in entry, as the page at `from` does, and gives what the site said. */
  async enter(path: string, value: string, from: URL) {
    const url = new URL(path + from.search, from);
    const headers = { "content-type": "application/json", referer: from.href };
    return (await this.ask(url.href, { method: "POST", headers, body: JSON.stringify({ value }) })).json();
  }

  #jarOf(hostname: string): Map<string, string> {
    const jar = this.#jars.get(hostname) ?? new Map<string, string>();
    this.#jars.set(hostname, jar);
    return jar;
  }

  #keep(jar: Map<string, string>, line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, value);
    if (value) this.cookieValues.add(value);
  }
}
