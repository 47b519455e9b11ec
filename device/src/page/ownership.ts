import { type CommandName, isCommandName } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import type { FieldsReport } from "../page-script/api.ts";

/**
 * What a command is to a page that holds something of the person's. `input` changes what shows there, a `question` is answered
 * by it, a `wait` looks once the page is free, `code` sees all of the document. A `read` has the rules of the private phase.
 */
type Manner = "input" | "question" | "wait" | "code" | "read" | "free";

const manners: { readonly [Name in CommandName]: Manner } = {
  navigate: "free",
  reload: "free",
  goBack: "free",
  waitForNavigation: "free",
  waitForURL: "free",
  url: "free",
  updateStatus: "free",
  waitForNetworkIdle: "free",
  waitForTimeout: "free",
  click: "input",
  hover: "input",
  check: "input",
  uncheck: "input",
  fill: "input",
  clear: "input",
  type: "input",
  press: "input",
  focus: "input",
  select: "input",
  setInputFiles: "input",
  isVisible: "question",
  count: "question",
  waitForSelector: "wait",
  evaluate: "code",
  textContent: "read",
  innerText: "read",
  innerHTML: "read",
  getAttribute: "read",
  inputValue: "read",
  title: "read",
  content: "read",
  extract: "read",
  screenshot: "read",
  waitForResponse: "read",
  fetchInPage: "read",
};

/** A declared step is not asked: what it may do is signed, and the fields themselves refuse it. */
export function mannerOf(name: string): Manner {
  return isCommandName(name) ? manners[name] : "free";
}

/** Whose the page is, by what its frames and windows say of their fields (docs/design/ownership.md). */
export class Ownership {
  readonly #holding = new Set<string>();
  #typed = false;

  /** Whether a field holds something that the automation did not put there. */
  get held(): boolean {
    return this.#holding.size > 0;
  }

  said({ document, held, typed }: FieldsReport): void {
    if (held) this.#holding.add(document);
    else this.#holding.delete(document);
    this.#typed ||= typed === true;
  }

  /** What all frames said: a document that is not among them is gone. */
  allSaid(reports: readonly FieldsReport[]): void {
    this.#holding.clear();
    for (const report of reports) this.said(report);
  }

  documentChanged(): void {
    this.#holding.clear();
    this.#typed = false;
  }

  /** @throws `blocked_private` where the command is not the automation's now. */
  demand(manner: Manner): void {
    if (this.held && manner !== "free" && manner !== "read") throw heldPage();
    if (this.#typed && manner === "code") throw typedPage();
  }
}

export function heldPage(): PassageError {
  const message =
    "A field of this page holds something that the automation did not put there: what a person typed, or a secret. So the page takes no input and no question from the automation. Yield to the person, wait until the page goes on, or navigate to load it anew.";
  return new PassageError("blocked_private", message, { details: { reason: "owned_page" } });
}

function typedPage(): PassageError {
  const message = "A person has typed in this page since it was loaded; navigate or reload, then evaluate";
  return new PassageError("blocked_private", message, { details: { reason: "person_typed" } });
}
