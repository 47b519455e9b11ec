import { masking } from "./masks.ts";
import { matchable } from "./public-url.ts";
import type { Secrets } from "./secrets.ts";
import { Taint } from "./taint.ts";

/** What questions about texts may look at: enough yes-or-no questions about a secret would spell it out. */
export class Typed {
  readonly #secrets: Secrets;
  readonly #taint: Taint;

  constructor(secrets: Secrets, taint = new Taint(secrets)) {
    this.#secrets = secrets;
    this.#taint = taint;
  }

  /** Whether the text holds something that the person typed: then no question about it may be answered. */
  holds(text: string): boolean {
    return this.#secrets.isTyping(text) || this.#taint.secretsInText(text).some(({ typed }) => typed);
  }

  /** The text as a read of it would be told, its secrets masked; null where it would be refused. */
  told(text: string): string | null {
    if (this.#secrets.isTyping(text)) return null;
    const found = this.#taint.secretsInText(text);
    if (found.length === 0) return text;
    const masked = masking(found)?.(text) ?? null;
    return masked !== null && this.#taint.secretsInText(masked).length === 0 ? masked : null;
  }

  /** The address as a question may look at it: without the values that may be secret, and without any where one was typed. */
  matchable(address: string, isPrivate: boolean): string {
    if (!this.holds(address)) return isPrivate ? matchable(address) : address;
    const place = address.replace(/[?#].*$/s, "");
    return this.holds(place) ? (URL.parse(address)?.origin ?? "") : place;
  }
}
