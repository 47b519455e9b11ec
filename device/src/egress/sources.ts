import type { Page } from "../page.ts";
import type { Credential } from "../webview.ts";
import type { Secrets } from "./secrets.ts";
import { codesIn, isCode, isTokenName } from "./token-like.ts";

const deepestField = 64;

/** Tells the registry of each secret that comes by: stored, sent, received, or in an address. */
export class Sources {
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
    network?.texts.listen((text) => this.#fields(text, (field) => `response field ${field}`));
  }

  /** Looks at what tells nothing of its changes: storage, and cookies that a script wrote. */
  async refresh(): Promise<void> {
    const [cookies, stored] = await Promise.all([
      this.#page.webview.credentials?.cookies(),
      this.#page.call("storage"),
    ]);
    for (const cookie of cookies ?? []) this.#credential(cookie);
    if (stored.kind === "gone") return;
    const host = URL.parse(this.#page.url())?.host ?? "";
    for (const [name, value] of stored.value) this.#stored(name, value, host);
  }

  #address(url: string): void {
    for (const { name, value } of codesIn(url)) this.#secrets.addToken(`the ${nameOf(name)} in a URL`, value);
  }

  #credential({ kind, name, value, host }: Credential): void {
    if (kind === "cookie") this.#secrets.addParts(`cookie ${nameOf(name)} of ${host}`, value);
    else this.#secrets.addHeader(nameOf(name), value);
  }

  #stored(name: string, value: string, host: string): void {
    const label = `storage entry ${nameOf(name)} of ${host}`;
    if (isTokenName(name)) this.#secrets.addToken(label, value);
    this.#secrets.addParts(label, value);
    this.#fields(value, (field) => `storage entry ${nameOf(name)}, field ${field}`);
  }

  /** Fields of a JSON text that hold tokens. */
  #fields(text: string, label: (field: string) => string): void {
    if (!/^\s*[{[]/.test(text)) return;
    try {
      visit(JSON.parse(text), deepestField, (name, value) => {
        if (isTokenName(name) || isCode(name, value)) this.#secrets.addToken(label(nameOf(name)), value);
      });
    } catch {
      // Not JSON after all: then it has no fields.
    }
  }
}

function visit(value: unknown, depth: number, see: (name: string, value: string) => void): void {
  if (typeof value !== "object" || value === null || depth === 0) return;
  for (const [name, entry] of Object.entries(value))
    if (typeof entry === "string") see(name, entry);
    else visit(entry, depth - 1, see);
}

/** Names come from the site: what is not a name is not told. */
function nameOf(name: string): string {
  return /^[\w.-]{1,64}$/.test(name) ? name : "(unnamed)";
}
