import { setTimeout } from "node:timers/promises";
import { PassageError } from "@passage/protocol/errors";
import type { PrivatePhase } from "./egress/private-phase.ts";
import type { Page } from "./page.ts";
import { type FieldsReport, globals } from "./page-script/api.ts";
import { readPageMessage } from "./person.ts";
import type { Progress } from "./progress.ts";

const briefMs = 500;
const ask = `globalThis.${globals.api}?.fields()`;

/** Keeps the private phase informed of the sensitive fields in every frame of the page. */
export class SensitiveFields {
  readonly #page: Page;
  readonly #privacy: PrivatePhase;

  constructor(page: Page, privacy: PrivatePhase) {
    this.#page = page;
    this.#privacy = privacy;
    page.webview.listen((event) => {
      if (event.type === "committed" || event.type === "failed") privacy.documentChanged();
      if (event.type === "sameDocument") privacy.addressChanged();
      const said = event.type === "message" ? readPageMessage(event.text) : null;
      if (said?.type === "sensitive") privacy.fieldsSeen(said);
    });
  }

  /**
   * Reads content of the page, if it is open before and has stayed so: a field may come while it is being read.
   * @throws `blocked_private` without the value otherwise.
   */
  async reading<T>(read: () => Promise<T>, progress: Progress): Promise<T> {
    await progress.race(this.look());
    this.#privacy.demandOpen();
    const { entered } = this.#privacy;
    const value = await read();
    await progress.race(this.look());
    this.#privacy.demandOpen();
    if (this.#privacy.entered === entered) return value;
    const message = "A field for a secret came and went while the page was being read; read it again";
    throw new PassageError("blocked_private", message, { details: { reason: "sensitive_field" } });
  }

  /** As `look`, for callers that cannot wait: a page that a dialog blocks answers nothing. False: not every frame answered in time. */
  async lookBriefly(): Promise<boolean> {
    const patience = new AbortController();
    const looked = this.look().then(() => true);
    const tooLate = setTimeout(briefMs, false, { signal: patience.signal }).catch(() => false);
    try {
      return await Promise.race([looked, tooLate]);
    } finally {
      patience.abort();
    }
  }

  /** Asks every frame. What scripts say unasked may still be on its way, and no message tells of a late shadow root. */
  async look(): Promise<void> {
    const { webview } = this.#page;
    const wasTurn = this.#privacy.reason === "person_in_control";
    if (webview.evaluateEverywhere) {
      const reports = await webview.evaluateEverywhere(ask);
      this.#privacy.allFieldsSeen(reports.filter((report) => report !== null) as FieldsReport[]);
    } else {
      const main = await this.#page.call("fields");
      if (main.kind === "value") this.#privacy.fieldsSeen(main.value);
    }
    if (!wasTurn) this.#privacy.heardOut();
  }

  /** What the person typed last may still be on its way when their turn is over, and the automation's own input begins. */
  async hearOut(): Promise<void> {
    if (this.#privacy.hearsPerson) await this.lookBriefly();
  }
}
