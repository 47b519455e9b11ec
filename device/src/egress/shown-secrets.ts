import { Buffer } from "node:buffer";
import type { Secret, Secrets } from "./secrets.ts";
import { Search } from "./taint/search.ts";

/** What a picture of texts would show of the session's secrets. */
export interface ShownSecrets {
  /** The names of those that a person typed. */
  readonly typed: readonly string[];
  /** The texts, by their places in the list, that hold the others, or pieces of them. */
  readonly places: readonly number[];
}

/** What the search does not see. */
const joint = "\0";
/** A page that shows more of them is left alone. */
const mostRounds = 64;

/** Finds secrets in the texts that a page shows, one after the other. */
export class ShownTexts {
  readonly #secrets: Secrets;
  readonly #search = new Search<Secret>();
  #learnt = 0;
  #drops = 0;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** Null where the texts hold so many that they cannot be told apart. */
  find(texts: readonly string[]): ShownSecrets | null {
    this.#learn();
    const rest = [...texts];
    const places: number[] = [];
    const typed = new Set<string>();
    for (let round = 0; round < mostRounds; round++) {
      const found = this.#in(rest);
      for (const secret of found) if (secret.typed) typed.add(secret.name);
      if (found.size === 0 || typed.size > 0) return { typed: [...typed], places };
      for (const place of this.#narrowed(rest)) {
        places.push(place);
        rest[place] = "";
      }
    }
    return null;
  }

  /** The shortest run of texts with a secret in it that ends first. */
  #narrowed(texts: readonly string[]): number[] {
    const end = first(texts.length, (count) => this.#in(texts.slice(0, count)).size > 0);
    const length = first(end, (count) => this.#in(texts.slice(end - count, end)).size > 0);
    return Array.from({ length }, (_, index) => end - length + index);
  }

  #in(texts: readonly string[]): ReadonlySet<Secret> {
    const found = new Set<Secret>();
    this.#search.run(new Uint8Array(Buffer.from(texts.join(joint))), (secret) => found.add(secret));
    return found;
  }

  #learn(): void {
    this.#secrets.settle();
    if (this.#drops !== this.#secrets.drops) {
      this.#search.clear();
      this.#learnt = 0;
      this.#drops = this.#secrets.drops;
    }
    let index = 0;
    for (const secret of this.#secrets) if (index++ >= this.#learnt) this.#search.add(secret, secret.sought());
    this.#learnt = index;
  }
}

/** The least count for which it holds, if it holds for `most` and for each count above one for which it holds. */
function first(most: number, holds: (count: number) => boolean): number {
  let [least, enough] = [1, most];
  while (least < enough) {
    const middle = Math.floor((least + enough) / 2);
    if (holds(middle)) enough = middle;
    else least = middle + 1;
  }
  return enough;
}
