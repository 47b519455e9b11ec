import type { Page } from "../page/page.ts";
import type { TypedValue } from "../page-script/api.ts";
import type { PrivatePhase } from "./private-phase.ts";
import type { Secrets } from "./secrets.ts";

/** How a report calls what a field asks for, where that is not the kind's own name. */
const kinds: Readonly<Record<string, string>> = {
  "one-time-code": "one-time code",
  "security-answer": "security answer",
};

/**
 * Adds what a person types to the registry. In their turn all of it is secret that the page script reports, which leaves out
 * fields for who they are; at other times, when the automation's own input looks the same, what is in a field for a secret, and
 * what looks like one beside it.
 */
export class TypedValues {
  readonly #privacy: PrivatePhase;
  readonly #secrets: Secrets;
  /** Values that a person has begun in their turn. */
  readonly #begun = new Set<string>();

  constructor({ webview, messages }: Page, privacy: PrivatePhase, secrets: Secrets) {
    this.#privacy = privacy;
    this.#secrets = secrets;
    webview.listen((event) => {
      if (event.type === "committed") this.#begun.clear();
    });
    messages.listen((message) => {
      if (message.type === "typed") this.#hear(message);
    });
  }

  #hear({ field, host, kind, near, value }: TypedValue): void {
    if (this.#privacy.hearsPerson) this.#begun.add(field);
    if (kind === null && !near && !this.#begun.has(field)) return;
    this.#secrets.typing(field, `the ${kinds[kind ?? ""] ?? kind ?? "text"} typed on ${host}`, value);
  }
}
