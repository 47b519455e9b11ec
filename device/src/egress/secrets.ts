import { createHmac, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { PassageError } from "@passage/protocol/errors";
import { isPlain, isPlainData } from "./plain-values.ts";
import { encodedFormsOf, formsOf, normalised, shortestForm } from "./taint/forms.ts";
import { NumericCodes } from "./taint/numeric-codes.ts";
import type { Sought } from "./taint/search.ts";
import { isOpaque, isRandomThroughout, isUnguessable, looksRandom, randomParts } from "./token-like.ts";

/** The registry's limits. Past them nothing of the page leaves any more: a secret is never forgotten. */
export const secretLimits = {
  secrets: 4_000,
  /** Of one secret, its first 64 KiB are watched. */
  longest: 65_536,
  /** Of all secrets together. */
  characters: 262_144,
} as const;
type SecretLimits = Readonly<Record<keyof typeof secretLimits, number>>;

const full =
  "This session has seen more secrets (cookies, tokens, what was typed) than the device can watch for, so nothing more of a page leaves it. Begin a new session, which starts with none; it lasts longer where it loads fewer pages.";

/** Of a random secret so many characters in a row are a leak; of a shorter one half of them, yet never less than eight. */
const part = { most: 12, least: 8 } as const;

/** The name of what was sealed to this device. */
export const sealedHere = "a value that was sealed to this device";

/** A secret by its name. What it is worth is seen by the search alone. */
export class Secret {
  readonly name: string;
  readonly typed: boolean;
  readonly characters: number;
  readonly #sought: Sought;
  /** Its UTF-8, where it may be masked. */
  readonly #literal: Buffer | null;

  constructor(name: string, typed: boolean, value: string, sought: Sought) {
    this.name = name;
    this.typed = typed;
    this.characters = value.length;
    this.#sought = sought;
    this.#literal = !typed && isMaskable(value) ? Buffer.from(value, "utf8") : null;
  }

  /** The value, where a mask in its place tells nothing: nobody can guess it, and no person chose it. */
  maskable(): string | null {
    return this.#literal?.toString("utf8") ?? null;
  }

  /** Of digits alone, and not too short to be looked for but as the whole of a value: what a leaf of a closed format can hold. */
  get isNumber(): boolean {
    const { code, forms } = this.#sought;
    if (code !== null) return code.length >= shortestForm && /^\d+$/.test(code);
    return forms[0]?.text.every((byte) => byte >= 0x30 && byte <= 0x39) === true;
  }

  sought(): Sought {
    return this.#sought;
  }

  /** Overwrites what the device keeps of it. */
  wipe(): void {
    for (const { text } of this.#sought.forms) text.fill(0);
    for (const bytes of this.#sought.exact) bytes.fill(0);
    this.#literal?.fill(0);
  }
}

/** What the device knows to be secret in this session. Names go into reports; values go nowhere. */
export class Secrets {
  readonly #secrets = new Map<string, Secret>();
  readonly #key = randomBytes(32);
  readonly #typing = new Map<string, { readonly name: string; readonly value: string }>();
  readonly #limits: SecretLimits;
  #characters = 0;
  #isFull = false;
  /** Grows when a token turned out to have been typed: a search must then be built anew. */
  drops = 0;

  constructor(limits: SecretLimits = secretLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#secrets.size;
  }

  /** `blocked_secret` once a secret came for which there was no room. */
  refusal(): PassageError | null {
    return this.#isFull ? new PassageError("blocked_secret", full, { details: { reason: "registry_full" } }) : null;
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
   * A token, as its name or place says. Shorter than eight characters it is none, unless it is a code of digits; nor is it
   * one when it is plain, as words and masks are.
   * @returns whether it is watched now.
   */
  addToken(name: string, value: string): boolean {
    const text = value.trim();
    const isToken = (text.length >= 8 && !/\s/.test(text) && !isPlain(text)) || /^\d{6,7}$/.test(text);
    return isToken && this.#add(name, text, false, isRandomThroughout(text));
  }

  /**
   * A value from where credentials are kept: a cookie, a stored entry. It is a secret whatever it looks like, but for plain
   * values and those that are too short. Of one with a structure each part counts by itself.
   */
  addStored(name: string, value: string): boolean {
    const text = decoded(value.trim()).replace(/^"(.*)"$/s, "$1");
    const parts = /[&|{}[\]"\s,;]|[^=]=[^=]/.test(text) ? text.split(/[&|{}[\]"\s,;=]+/).filter(isUnguessable) : [text];
    const hasRandom = this.addParts(name, value);
    const watched = parts.filter(isOpaque).map((part) => this.#add(name, part, false, isRandomThroughout(part)));
    return hasRandom || watched.includes(true);
  }

  /**
   * The value of a header that signs a request: what follows its scheme, and the password that is in Basic.
   * @param isSure whether somebody has said that it does: then words are a secret too.
   * @returns whether it is watched now.
   */
  addHeader(header: string, value: string, isSure = false): boolean {
    const name = `${header} header`;
    const [, scheme = "", rest = value] = /^(\w+)\s+(.+)$/.exec(value) ?? [];
    if (/^basic$/i.test(scheme))
      this.addToken(
        name,
        Buffer.from(rest, "base64")
          .toString()
          .replace(/^[^:]*:/, ""),
      );
    if (isSure && rest.length >= 8 && !/\s/.test(rest)) return this.#add(name, rest, false, isRandomThroughout(rest));
    return /[\s,]/.test(rest) ? this.addStored(name, rest) : this.addToken(name, rest) || this.addParts(name, rest);
  }

  /**
   * A stored value that becomes a header behind this prefix: the whole of it, and what {@link addStored} and {@link addHeader} find in it.
   * @returns whether the whole is watched now.
   */
  addStoredHeader(header: string, prefix: string, value: string): boolean {
    const name = `${header} header`;
    this.addStored(name, value);
    this.addHeader(header, prefix + value, true);
    return this.#add(name, value, false, isRandomThroughout(value));
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
    const value = whole.slice(0, this.#limits.longest);
    const digest = createHmac("sha256", this.#key).update(value).digest("base64");
    const known = this.#secrets.get(digest);
    if (known && (known.typed || !typed)) return true;
    if (known) this.#drop(digest, known);
    const sought = soughtFor(value, random);
    if (!sought) return false;
    const hasRoom =
      this.#secrets.size < this.#limits.secrets && this.#characters + value.length <= this.#limits.characters;
    if (!hasRoom) this.#isFull = true;
    if (!hasRoom) return false;
    this.#secrets.set(digest, new Secret(name, typed, value, sought));
    this.#characters += value.length;
    return true;
  }

  #drop(digest: string, secret: Secret): void {
    secret.wipe();
    this.#secrets.delete(digest);
    this.#characters -= secret.characters;
    this.drops++;
  }
}

/** Whether so many guesses would be needed that a page full of them does not find it. */
function isMaskable(value: string): boolean {
  const characters = value.replace(/[^A-Za-z0-9]/g, "");
  const isMixed = /\d/.test(characters) && /[a-z]/i.test(characters) && !isPlainData(value);
  return isUnguessable(value) || (characters.length >= 10 && isMixed);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** What to look for, or null for a value that is too short to be told from chance. */
function soughtFor(value: string, random: boolean): Sought | null {
  const plain = Buffer.from(normalised(value)).toString("utf8");
  if (NumericCodes.accepts(plain)) {
    // Base64 and hex of so few digits are too short to be undone in the text.
    const ways = plain.length < shortestForm ? [] : [plain, [...plain].reverse().join("")];
    const forms = ways.flatMap((digits) => encodedFormsOf(digits, null));
    return { forms, code: plain, exact: [], margin: 0 };
  }
  const half = Math.max(part.least, Math.min(part.most, Math.ceil(plain.length / 2)));
  const forms = formsOf(value, random && plain.length >= part.most ? half : null);
  const isSigns = plain.length < shortestForm && value.length >= shortestForm;
  const exact = isSigns ? [value, [...value].reverse().join("")].map((text) => Buffer.from(text, "utf8")) : [];
  if (plain.length < shortestForm && !isSigns) return null;
  const longest = forms[0]?.need ?? value.length;
  return { forms, code: null, exact, margin: 3 * longest };
}
