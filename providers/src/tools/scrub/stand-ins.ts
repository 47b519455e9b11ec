import { passesLuhn, type SecretKind } from "./find.ts";

/**
 * Stand-ins for secrets, of the same form: digits for digits, letters for letters of the same case, all else as it is. They
 * come from a counter, never from the secret, so that nothing can be worked back. A word has one stand-in wherever it stands.
 */
export class StandIns {
  readonly #words = new Map<string, string>();
  readonly #taken = new Set<string>();
  #state = 20_261;

  /** The stand-in of a secret. Of a card number the last four digits stay, as sites show them, and its check digit fits. */
  of(kind: SecretKind, secret: string): string {
    if (kind === "card") return this.#card(secret);
    if (kind === "email")
      return secret.replace(/^[^@]+/, (local) => this.#all(local, kind)).replace(/@.*$/, "@mail.example");
    return kind === "token" || kind === "secret" ? this.#scrambled(secret) : this.#all(secret, kind);
  }

  /** Of addresses and ids the shortest words stay, such as WA, St and pm: they tell nothing, and logic may look at them. */
  #all(text: string, kind: SecretKind): string {
    const stays = kind === "address" || kind === "id" ? /^\p{L}{1,2}$/u : /^$/;
    return text.replace(/\p{L}+|\d+/gu, (word) => (stays.test(word) ? word : this.#word(word)));
  }

  #word(word: string): string {
    const key = word.toLowerCase();
    let standIn = this.#words.get(key);
    for (let tries = 0; standIn === undefined; tries += 1) {
      const made = this.#invent(key);
      if (tries < 50 && (made === key || this.#taken.has(made))) continue;
      standIn = made;
    }
    this.#words.set(key, standIn);
    this.#taken.add(standIn);
    return [...standIn].map((letter, place) => (isUpper([...word][place]) ? letter.toUpperCase() : letter)).join("");
  }

  #invent(word: string): string {
    if (/^\d/.test(word))
      return [...word]
        .map((digit, place) => (place > 0 ? this.#next(10) : digit === "0" ? 0 : 1 + this.#next(9)))
        .join("");
    return [...word].map((_, place) => this.#pick(place % 2 ? "aeiou" : "bdfgklmnprstv")).join("");
  }

  /** Every letter and digit anew: a token has no words. */
  #scrambled(secret: string): string {
    for (;;) {
      const made = secret.replace(/\p{L}|\d/gu, (sign) => {
        const letter = /\d/.test(sign) ? String(this.#next(10)) : this.#pick("abcdefghijklmnopqrstuvwxyz");
        return isUpper(sign) ? letter.toUpperCase() : letter;
      });
      if (made.toLowerCase() !== secret.toLowerCase() || !/[\p{L}\d]/u.test(secret)) return made;
    }
  }

  #card(secret: string): string {
    const last = secret.length - 4;
    for (;;) {
      const head = secret.slice(0, last).replace(/\d/g, () => String(this.#next(10)));
      const made = head + secret.slice(last);
      if (passesLuhn(made) && made !== secret) return made;
    }
  }

  #pick(letters: string): string {
    return letters[this.#next(letters.length)] as string;
  }

  /** Lehmer's generator: the same stand-ins in the same order on every machine. */
  #next(below: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state % below;
  }
}

function isUpper(letter: string | undefined): boolean {
  return letter !== undefined && letter !== letter.toLowerCase();
}
