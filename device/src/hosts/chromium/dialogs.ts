import type { CdpSession } from "../browser/pipe.ts";

/** alert, confirm, prompt and beforeunload: dismissed while the automation works, the person's while they have the page. */
export class Dialogs {
  readonly #session: CdpSession;
  #open: { readonly leave: boolean } | null = null;
  #personHasControl = false;

  constructor(session: CdpSession) {
    this.#session = session;
    session.on("Page.javascriptDialogOpening", ({ type }) => {
      // Dismissing a beforeunload dialog means to stay, which would stop the automation's own navigation.
      this.#open = { leave: type === "beforeunload" };
      if (!this.#personHasControl) this.#dismiss();
    });
    session.on("Page.javascriptDialogClosed", () => {
      this.#open = null;
    });
  }

  handOver(toPerson: boolean): void {
    this.#personHasControl = toPerson;
    if (!toPerson && this.#open) this.#dismiss();
  }

  #dismiss(): void {
    const accept = this.#open?.leave ?? false;
    this.#session.send("Page.handleJavaScriptDialog", { accept }).catch(() => {});
  }
}
