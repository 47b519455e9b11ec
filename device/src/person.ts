import { Listeners } from "./listeners.ts";
import type { PageMessage } from "./page-script/api.ts";

/** What the person said through the overlay, or by closing the window, during one yield. */
export class Person {
  readonly #spoke = new Listeners<void>();
  #done = false;
  #gaveUp = false;

  get done(): boolean {
    return this.#done;
  }

  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  says(type: PageMessage["type"]): void {
    if (type === "userDone") this.#done = true;
    else this.#gaveUp = true;
    this.#spoke.emit();
  }

  listen(listener: () => void): () => void {
    return this.#spoke.listen(listener);
  }
}

/** Reads a message of the page script. Null for anything else: the page's document is not to be trusted. */
export function readPageMessage(text: string): PageMessage | null {
  if (text === '{"type":"userDone"}') return { type: "userDone" };
  return text === '{"type":"userGaveUp"}' ? { type: "userGaveUp" } : null;
}
