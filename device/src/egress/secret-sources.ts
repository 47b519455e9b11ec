import type { Page } from "../page/page.ts";
import { globals, type Stored } from "../page-script/api.ts";
import type { Credential } from "../webview.ts";
import { learnFromText, nameOf } from "./learn.ts";
import { isPlain } from "./plain-values.ts";
import type { Secrets } from "./secrets.ts";
import { codesIn, isTokenName } from "./token-like.ts";
import { isSignInPlace } from "./tokens-in-text.ts";

const askStorage = `globalThis.${globals.api}?.storage()`;

/** Tells the registry of each secret that comes by: stored, sent, received, or in an address. */
export class SecretSources {
  readonly #page: Page;
  readonly #secrets: Secrets;

  constructor(page: Page, secrets: Secrets) {
    this.#page = page;
    this.#secrets = secrets;
    const { webview, network } = page;
    webview.listen((event) => {
      if ("url" in event) this.#address(event.url);
      if (event.type === "domcontentloaded") this.refresh().catch(() => {});
    });
    webview.network?.listen((event) => {
      if ("url" in event) this.#address(event.url);
    });
    webview.credentials?.listen((seen) => this.#credential(seen));
    network?.texts.listen(({ text, url }) => learnFromText(text, "response field", secrets, isSignInPlace(url)));
  }

  /** Looks at what tells nothing of its changes: storage, and cookies that a script wrote. */
  async refresh(): Promise<void> {
    const { webview } = this.#page;
    const [cookies, stored] = await Promise.all([webview.credentials?.cookies(), this.#stores()]);
    for (const cookie of cookies ?? []) this.#credential(cookie);
    for (const { host, entries } of stored) for (const [name, value] of entries) this.#stored(name, value, host);
  }

  /** What is stored for the page, and where the host can look into them for its frames and windows. */
  async #stores(): Promise<Stored[]> {
    const { webview } = this.#page;
    if (webview.evaluateEverywhere) {
      const reports = await webview.evaluateEverywhere(askStorage);
      return reports.filter((report) => report !== null) as Stored[];
    }
    const main = await this.#page.call("storage");
    return main.kind === "value" ? [main.value] : [];
  }

  #address(url: string): void {
    for (const { name, value } of codesIn(url)) this.#secrets.addToken(`the ${nameOf(name)} in a URL`, value);
  }

  #credential({ kind, name, value, host }: Credential): void {
    switch (kind) {
      case "header":
        return void this.#secrets.addHeader(nameOf(name), value);
      case "address":
        return this.#address(value);
      case "message":
        return learnFromText(value, `${name} of ${host}, field`, this.#secrets);
      case "cookie":
        return this.#named(`cookie ${nameOf(name)} of ${host}`, name, value);
    }
  }

  #stored(name: string, value: string, host: string): void {
    this.#named(`storage entry ${nameOf(name)} of ${host}`, name, value);
    learnFromText(value, `storage entry ${nameOf(name)}, field`, this.#secrets);
  }

  #named(label: string, name: string, value: string): void {
    if (isTokenName(name) && !isPlain(value, name)) this.#secrets.addToken(label, value);
    this.#secrets.addStored(label, value);
  }
}
