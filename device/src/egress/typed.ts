import { masking } from "./masks.ts";
import { matchable } from "./public-url.ts";
import type { Secrets } from "./secrets.ts";
import { Taint } from "./taint.ts";
import { addressWithoutCodes } from "./without-codes.ts";

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

  /**
   * The address as a question may look at it: as `whole` where it is told so, else without what is withheld of it, and without
   * query, fragment or path where a secret is in them.
   */
  matchable(address: string, how: "whole" | "open" | "private"): string {
    const left = how === "whole" ? addressWithoutCodes(address) : matchable(address, how === "private");
    if (!this.holds(address) && this.#isClean(left)) return left;
    const place = left.replace(/[?#].*$/s, "");
    return this.#isClean(place) ? place : (URL.parse(address)?.origin ?? "");
  }

  #isClean(text: string): boolean {
    return !this.#secrets.isTyping(text) && this.#taint.secretsInText(text).length === 0;
  }
}
