import { Listeners } from "../listeners.ts";
import type { PageMessage } from "../page-script/api.ts";

/** What the person said through the overlay, or by closing the window, during one yield. */
export class Person {
  readonly #spoke = new Listeners<void>();
  #done = false;
  #gaveUp = false;
  #unaskable = false;

  /** Whether the page is one in which no question is safe. */
  get unaskable(): boolean {
    return this.#unaskable;
  }

  get done(): boolean {
    return this.#done;
  }

  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  says(type: "userDone" | "userGaveUp" | "unaskable"): void {
    if (type === "userDone") this.#done = true;
    else if (type === "userGaveUp") this.#gaveUp = true;
    else this.#unaskable = true;
    this.#spoke.emit();
  }

  listen(listener: () => void): () => void {
    return this.#spoke.listen(listener);
  }
}

export type SaidToCard = "userDone" | "userGaveUp" | "covered" | "unaskable";

/**
 * What the person, or what is drawn over it, says to this card. An answer to any other card is none: null. But a no to an earlier
 * card of the same question is a no: a person need not say it again because the card was drawn anew as they pressed.
 */
export function saidTo(card: string | null, earlier: ReadonlySet<string>, message: PageMessage): SaidToCard | null {
  if (!("card" in message)) return null;
  if (message.card === card) return message.type;
  return message.type === "userGaveUp" && earlier.has(message.card) ? message.type : null;
}
