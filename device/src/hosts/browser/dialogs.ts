import type { Incident } from "../../incident.ts";
import type { CdpSession } from "./pipe.ts";

/** alert, confirm, prompt and beforeunload of a window: dismissed while the automation works, the person's while they have the page. */
export class Dialogs {
  readonly #session: CdpSession;
  #open: { readonly leave: boolean } | null = null;
  #personHasControl: boolean;

  constructor(session: CdpSession, window: string, personHasControl: boolean, tell: (incident: Incident) => void) {
    this.#session = session;
    this.#personHasControl = personHasControl;
    session.on("Page.javascriptDialogOpening", ({ type: dialog }) => {
      // Dismissing a beforeunload dialog means to stay, which would stop the automation's own navigation.
      const leave = dialog === "beforeunload";
      const answer = this.#personHasControl ? "person" : leave ? "accepted" : "dismissed";
      this.#open = { leave };
      tell({ type: "dialog.opened", window, dialog, answer });
      if (!this.#personHasControl) this.#answer();
    });
    session.on("Page.javascriptDialogClosed", () => {
      this.#open = null;
    });
  }

  handOver(toPerson: boolean): void {
    this.#personHasControl = toPerson;
    if (!toPerson && this.#open) this.#answer();
  }

  #answer(): void {
    const accept = this.#open?.leave ?? false;
    this.#session.send("Page.handleJavaScriptDialog", { accept }).catch(() => {});
  }
}
