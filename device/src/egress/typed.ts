import { matchable } from "./public-url.ts";
import type { Secret, Secrets } from "./secrets.ts";
import { Search } from "./taint/search.ts";

/** Knows whether a text holds something that the person typed: then no question about the text may be answered. */
export class Typed {
  readonly #secrets: Secrets;
  readonly #search = new Search<Secret>();
  readonly #learnt = new Set<Secret>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  holds(text: string): boolean {
    for (const secret of this.#secrets)
      if (secret.typed && !this.#learnt.has(secret)) {
        this.#learnt.add(secret);
        this.#search.add(secret, secret.sought());
      }
    let found = this.#secrets.isTyping(text);
    if (!found && this.#learnt.size > 0) this.#search.run(new Uint8Array(Buffer.from(text)), () => (found = true));
    return found;
  }

  /** The address as a question may look at it: without the values that may be secret, and without any where one was typed. */
  matchable(address: string, isPrivate: boolean): string {
    if (!this.holds(address)) return isPrivate ? matchable(address) : address;
    const place = address.replace(/[?#].*$/s, "");
    return this.holds(place) ? (URL.parse(address)?.origin ?? "") : place;
  }
}
