import type { AnswerSources } from "./answer-sources.ts";
import type { ReadLeaves } from "./read-leaves.ts";
import { type Secret, type Secrets, sealedHere } from "./secrets.ts";
import { JsonText } from "./taint/json-text.ts";
import { Numbers } from "./taint/numbers.ts";
import { Search } from "./taint/search.ts";

/** So much of what was sent is searched again together with what follows. */
const carriedBytes = 4_096;

/** What kind of message a payload is of, or what an answer was made of. A secret may be split over several of one kind. */
export type Kind = "hello" | "answer" | "event" | "source";

/** Finds, in what is about to leave, what must stay. */
export class Taint {
  readonly #secrets: Secrets;
  readonly #search = new Search<Secret>();
  /** Looks for those that are numbers alone. */
  readonly #numbers = new Numbers<Secret>();
  readonly #texts = new JsonText();
  readonly #sent = new Map<Kind, Uint8Array[]>();
  /** Secrets that had left in the clear before they were known as such. */
  readonly #forgiven = new WeakSet<Secret>();
  /** How many of the secrets, in their order, the search knows; and how many had been dropped by then. */
  #learnt = 0;
  #drops = 0;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /**
   * The secrets that a payload of JSON values holds, or completes together with those before it. A payload
   * without any is remembered for the next one, unless it is sent `again`. The text of a `picture` is not
   * decoded: base64 of an image is random, and large.
   */
  secretsIn(payload: unknown, kind: Kind, { again = false, picture = false } = {}): Secret[] {
    this.#secrets.settle();
    this.#learn();
    const texts = this.#texts;
    const tails = (again ? undefined : this.#sent.get(kind)) ?? [];
    for (const [index, bytes] of tails.entries()) texts.carried()[index]?.append(bytes);
    texts.add(payload);
    const ends = texts.carried().map((bytes) => bytes.view(Math.max(0, bytes.length - carriedBytes)).slice());
    const found = new Set<Secret>();
    if (this.#secrets.size > 0)
      for (const bytes of texts.toSearch(tails.map(({ length }) => length)))
        this.#search.run(bytes.view(), (secret) => found.add(secret), picture);
    texts.wipe();
    for (const secret of found) if (this.#forgiven.has(secret)) found.delete(secret);
    if (found.size === 0 && !again) this.#sent.set(kind, ends);
    return [...found];
  }

  /**
   * The secrets in what declared reads have written. Leaves of a closed format cannot hold one that is no number, nor are they an
   * encoding of anything: so numbers are looked for in all leaves, everything else where any text can stand.
   */
  secretsInLeaves({ texts, all, ids }: ReadLeaves, again: boolean): Secret[] {
    const found = new Set(this.secretsIn(texts, "answer", { again }));
    this.#numbers.search(all, (secret) => this.#forgiven.has(secret) || found.add(secret));
    // They have not left, so that they are not remembered. A token, such as a cookie with the same id, cannot be found by trying.
    for (const secret of this.secretsIn(ids, "answer", { again: true })) if (secret.typed) found.add(secret);
    return [...found];
  }

  /** The secrets in the values that an outcome depends on, whether they are in the answer or not. */
  secretsInSources({ texts, numbers, ids, compared }: AnswerSources, again: boolean): Secret[] {
    const found = new Set(texts.length > 0 ? this.secretsIn(texts, "source", { again }) : []);
    this.#learn();
    this.#numbers.search(numbers, (secret) => this.#forgiven.has(secret) || found.add(secret));
    for (const secret of this.secretsIn(ids, "source", { again: true })) if (secret.typed) found.add(secret);
    for (const secret of this.secretsIn(compared, "source", { again: true }))
      if (secret.name !== sealedHere) found.add(secret);
    return [...found];
  }

  /** The secrets in a text that a question is about. What is being typed at the moment is not among them. */
  secretsInText(text: string): Secret[] {
    this.#learn();
    const found = new Set<Secret>();
    this.#search.run(new Uint8Array(Buffer.from(text)), (secret) => this.#forgiven.has(secret) || found.add(secret));
    return [...found];
  }

  /** The names of the secrets that {@link secretsIn} finds, each once. */
  find(payload: unknown, kind: Kind, how: { readonly again?: boolean; readonly picture?: boolean } = {}): string[] {
    return namesOf(this.secretsIn(payload, kind, how));
  }

  #learn(): void {
    const known = this.#learnt;
    if (this.#drops !== this.#secrets.drops) {
      this.#search.clear();
      this.#numbers.clear();
      this.#learnt = 0;
      this.#drops = this.#secrets.drops;
    }
    if (this.#learnt === this.#secrets.size) return;
    let index = 0;
    for (const secret of this.#secrets) {
      if (index++ < this.#learnt) continue;
      this.#search.add(secret, secret.sought());
      if (secret.isNumber) this.#numbers.add(secret, secret.sought());
    }
    this.#learnt = index;
    this.#forgive(known);
  }

  /**
   * What was sent before it became known as a secret cannot be called back. It must not stand before every later message, which
   * would be refused for it, and a token that has left whole and in the clear is none to the server any more. Not so a value that
   * can be guessed or that a person typed: else a page full of guesses, sent in advance, would free the right one.
   */
  #forgive(known: number): void {
    const fresh = new Set([...this.#secrets].slice(known));
    for (const [kind, tails] of this.#sent) {
      const left = new Set<Secret>();
      for (const tail of tails) this.#search.run(tail, (secret) => fresh.has(secret) && left.add(secret), false);
      if (left.size > 0) this.#sent.delete(kind);
      // What an answer was made of has not left.
      for (const secret of kind === "source" ? [] : left) {
        const value = secret.maskable();
        if (value !== null && tails.some((tail) => Buffer.from(tail).includes(value))) this.#forgiven.add(secret);
      }
    }
  }
}

export function namesOf(secrets: readonly Secret[]): string[] {
  return [...new Set(secrets.map(({ name }) => name))];
}
