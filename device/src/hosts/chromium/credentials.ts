import { Listeners } from "../../listeners.ts";
import type { Credential, CredentialObserver } from "../../webview.ts";
import { CdpError, type CdpSession } from "../browser/pipe.ts";

const credentialHeader =
  /^(?!:|sec-|access-control-|www-|proxy-authenticate|origin-)[\w-]*(token|auth|secret|csrf|xsrf|session|jwt|key|signature|credential|ticket|assertion|cookie2)[\w-]*$/i;
/** A longer text of a request or a socket is data rather than a sign-in. */
const longestMessage = 65_536;

/** Cookies and headers, by the DevTools Network and Storage domains. */
export class ChromiumCredentials implements CredentialObserver {
  readonly #browser: CdpSession;
  readonly #listeners = new Listeners<Credential>();
  /** The hosts of requests under way: what is told of their headers comes without an address. */
  readonly #hosts = new Map<string, string>();

  constructor(session: CdpSession, browser: CdpSession) {
    this.#browser = browser;
    this.follow(session);
  }

  /** Listens to a further target too. Its network must have been enabled. */
  follow(session: CdpSession): void {
    session.on("Network.requestWillBeSent", ({ requestId, request }) => {
      this.#hosts.set(requestId, hostOf(request.url));
      this.#headers(requestId, request.headers);
      if (request.urlFragment) this.#address(request.url + request.urlFragment);
      if (request.postData) this.#message(hostOf(request.url), "a request", request.postData);
    });
    session.on("Network.requestWillBeSentExtraInfo", ({ requestId, headers, associatedCookies }) => {
      this.#headers(requestId, headers);
      for (const { cookie } of associatedCookies) this.#cookie(cookie.name, cookie.value, cookie.domain);
    });
    session.on("Network.responseReceivedExtraInfo", ({ requestId, headers }) => {
      const host = this.#hosts.get(requestId) ?? "";
      this.#headers(requestId, headers);
      for (const [name, value] of Object.entries(headers)) {
        if (name.toLowerCase() === "set-cookie") this.#setCookies(value, host);
        if (/^(location|refresh|link)$/i.test(name)) this.#address(value);
      }
    });
    session.on("Page.navigatedWithinDocument", ({ url }) => this.#address(url));
    session.on("Network.webSocketCreated", ({ requestId, url }) => void this.#hosts.set(requestId, hostOf(url)));
    for (const passed of ["Network.webSocketFrameReceived", "Network.webSocketFrameSent"] as const)
      session.on(passed, ({ requestId, response }) => {
        if (response.opcode === 1)
          this.#message(this.#hosts.get(requestId) ?? "", "a web socket", response.payloadData);
      });
    session.on("Network.webSocketClosed", ({ requestId }) => void this.#hosts.delete(requestId));
    session.on("Network.eventSourceMessageReceived", ({ requestId, data }) =>
      this.#message(this.#hosts.get(requestId) ?? "", "an event stream", data),
    );
    for (const ending of ["Network.loadingFinished", "Network.loadingFailed"] as const)
      session.on(ending, ({ requestId }) => void this.#hosts.delete(requestId));
  }

  listen(listener: (seen: Credential) => void): () => void {
    return this.#listeners.listen(listener);
  }

  async cookies(): Promise<readonly Credential[]> {
    try {
      const { cookies } = await this.#browser.send("Storage.getCookies");
      return cookies.map(({ name, value, domain }) => ({ kind: "cookie", name, value, host: domain }));
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      return [];
    }
  }

  #headers(requestId: string, headers: Readonly<Record<string, string>>): void {
    const host = this.#hosts.get(requestId) ?? "";
    for (const [name, value] of Object.entries(headers))
      if (credentialHeader.test(name)) this.#listeners.emit({ kind: "header", name, value, host });
  }

  #address(value: string): void {
    this.#listeners.emit({ kind: "address", name: "", value, host: hostOf(value) });
  }

  #message(host: string, name: string, value: string): void {
    if (value.length <= longestMessage) this.#listeners.emit({ kind: "message", name, value, host });
  }

  /** Several of them stand in one value, a line each. */
  #setCookies(lines: string, host: string): void {
    for (const line of lines.split("\n")) {
      const [, name, value] = /^\s*([^=;]*)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value) this.#cookie(name, value, host);
    }
  }

  #cookie(name: string, value: string, host: string): void {
    this.#listeners.emit({ kind: "cookie", name, value, host });
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}
