import { createHmac, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { Codes } from "./taint/codes.ts";
import { formsOf, shortestForm, squeezed } from "./taint/forms.ts";
import type { Sought } from "./taint/search.ts";
import { looksRandom, randomParts } from "./token-like.ts";

/** The registry's limits. Past them the oldest goes, but nothing that a person typed. */
export const secretLimits = {
  secrets: 2_000,
  /** Of one secret, its first 64 KiB are watched. */
  longest: 65_536,
  /** Of all secrets together. */
  characters: 131_072,
} as const;

/** Of a random secret so many characters in a row are a leak; of a shorter one half of them, yet never less than eight. */
const part = { most: 12, least: 8 } as const;

/** A secret by its name. What it is worth is seen by the search alone. */
export class Secret {
  readonly name: string;
  readonly typed: boolean;
  readonly characters: number;
  readonly #sought: Sought;

  constructor(name: string, typed: boolean, characters: number, sought: Sought) {
    this.name = name;
    this.typed = typed;
    this.characters = characters;
    this.#sought = sought;
  }

  sought(): Sought {
    return this.#sought;
  }

  /** Overwrites what the device keeps of it. */
  wipe(): void {
    for (const { text } of this.#sought.forms) text.fill(0);
    for (const bytes of this.#sought.exact) bytes.fill(0);
  }
}

/** What the device knows to be secret in this session. Names go into reports; values go nowhere. */
export class Secrets {
  readonly #secrets = new Map<string, Secret>();
  readonly #key = randomBytes(32);
  readonly #typing = new Map<string, { readonly name: string; readonly value: string }>();
  #characters = 0;
  #overfull = false;
  /** Grows when a secret was dropped: a search must then be built anew. */
  drops = 0;

  get size(): number {
    return this.#secrets.size;
  }

  /** More was typed than can be watched: nothing of the page may leave any more. */
  get overfull(): boolean {
    return this.#overfull;
  }

  /** In the order in which they came. */
  [Symbol.iterator](): Iterator<Secret> {
    return this.#secrets.values();
  }

  /** What a person typed. It stays until the session ends. */
  addTyped(name: string, value: string): void {
    const text = value.trim();
    this.#add(name, text, true, looksRandom(text));
  }

  /** A value that is being typed into a field. It counts as typed once something else is in the field, or `settle` is called. */
  typing(field: string, name: string, value: string): void {
    const before = this.#typing.get(field);
    if (before && !value.startsWith(before.value)) this.addTyped(before.name, before.value);
    this.#typing.set(field, { name, value });
  }

  /** What is being typed counts from now on. */
  settle(): void {
    for (const { name, value } of this.#typing.values()) this.addTyped(name, value);
    this.#typing.clear();
  }

  /** Whether the text holds what is being typed. */
  isTyping(text: string): boolean {
    return [...this.#typing.values()].some(
      ({ value }) =>
        value.length >= 4 && (text.includes(value) || text.includes(encodeURIComponent(value.toWellFormed()))),
    );
  }

  /**
   * A token, as its name or place says. Shorter than eight characters it is none, unless it is a code of digits.
   * @returns whether it is watched now.
   */
  addToken(name: string, value: string): boolean {
    const text = value.trim();
    const isToken = (text.length >= 8 && !/\s/.test(text)) || /^\d{6,7}$/.test(text);
    return isToken && this.#add(name, text, false, looksRandom(text));
  }

  /**
   * The value of a header that signs a request: what follows its scheme, and the password that is in Basic.
   * @returns whether it is watched now.
   */
  addHeader(header: string, value: string): boolean {
    const name = `${header} header`;
    const [, scheme = "", rest = value] = /^(\w+)\s+(.+)$/.exec(value) ?? [];
    if (/^basic$/i.test(scheme))
      this.addToken(
        name,
        Buffer.from(rest, "base64")
          .toString()
          .replace(/^[^:]*:/, ""),
      );
    return this.addToken(name, rest) || this.addParts(name, rest);
  }

  /** A value that may hold tokens: only its random parts count, so that `lang=en` does not keep every "en" back. */
  addParts(name: string, value: string): boolean {
    const watched = randomParts(value).map((token) => this.#add(name, token, false, true));
    return watched.includes(true);
  }

  /** Overwrites everything. */
  wipe(): void {
    for (const secret of this.#secrets.values()) secret.wipe();
    this.#secrets.clear();
    this.#typing.clear();
    this.#characters = 0;
    this.#key.fill(0);
    this.drops++;
  }

  toJSON(): object {
    return { watched: this.#secrets.size };
  }

  [inspect.custom](): string {
    return `Secrets { watched: ${this.#secrets.size} }`;
  }

  /** Whether the value is watched now. */
  #add(name: string, whole: string, typed: boolean, random: boolean): boolean {
    const value = whole.slice(0, secretLimits.longest);
    const digest = createHmac("sha256", this.#key).update(value).digest("base64");
    const known = this.#secrets.get(digest);
    if (known && (known.typed || !typed)) return true;
    if (known) this.#drop(digest, known);
    const sought = soughtFor(value, random);
    if (!sought) return false;
    this.#secrets.set(digest, new Secret(name, typed, value.length, sought));
    this.#characters += value.length;
    if (this.#isFull()) this.#makeRoom();
    return true;
  }

  #isFull(): boolean {
    return this.#secrets.size > secretLimits.secrets || this.#characters > secretLimits.characters;
  }

  /** Drops a tenth at once: each drop costs the search its index. */
  #makeRoom(): void {
    let spare = secretLimits.secrets / 10;
    for (const [digest, secret] of this.#secrets) {
      if (spare <= 0 && !this.#isFull()) return;
      if (secret.typed) continue;
      this.#drop(digest, secret);
      spare--;
    }
    if (this.#isFull()) this.#overfull = true;
  }

  #drop(digest: string, secret: Secret): void {
    secret.wipe();
    this.#secrets.delete(digest);
    this.#characters -= secret.characters;
    this.drops++;
  }
}

/** What to look for, or null for a value that is too short to be told from chance. */
function soughtFor(value: string, random: boolean): Sought | null {
  const plain = Buffer.from(squeezed(value)).toString("utf8");
  if (Codes.accepts(plain)) return { forms: [], code: plain, exact: [], margin: 0 };
  const half = Math.max(part.least, Math.min(part.most, Math.ceil(plain.length / 2)));
  const forms = formsOf(value, random && plain.length >= part.most ? half : null);
  const isSigns = plain.length < shortestForm && value.length >= shortestForm;
  const exact = isSigns ? [value, [...value].reverse().join("")].map((text) => Buffer.from(text, "utf8")) : [];
  if (plain.length < shortestForm && !isSigns) return null;
  const longest = forms[0]?.need ?? value.length;
  return { forms, code: null, exact, margin: 3 * longest };
}
