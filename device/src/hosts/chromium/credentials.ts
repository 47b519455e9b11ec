import { Listeners } from "../../listeners.ts";
import type { Credential, CredentialObserver } from "../../webview.ts";
import { CdpError, type CdpSession } from "../browser/pipe.ts";

const credentialHeader = /^(authorization|proxy-authorization|x-[a-z-]*(token|auth|key|csrf|xsrf|session)[a-z-]*)$/i;

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
    });
    session.on("Network.requestWillBeSentExtraInfo", ({ requestId, headers, associatedCookies }) => {
      this.#headers(requestId, headers);
      for (const { cookie } of associatedCookies) this.#cookie(cookie.name, cookie.value, cookie.domain);
    });
    session.on("Network.responseReceivedExtraInfo", ({ requestId, headers }) => {
      for (const [name, value] of Object.entries(headers))
        if (name.toLowerCase() === "set-cookie") this.#setCookies(value, this.#hosts.get(requestId) ?? "");
    });
    for (const over of ["Network.loadingFinished", "Network.loadingFailed"] as const)
      session.on(over, ({ requestId }) => void this.#hosts.delete(requestId));
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
