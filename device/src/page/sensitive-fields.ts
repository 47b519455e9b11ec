import { setTimeout } from "node:timers/promises";
import { PassageError } from "@passage/protocol/errors";
import type { PrivatePhase } from "../egress/private-phase.ts";
import type { Progress } from "../executor/progress.ts";
import { type FieldsReport, globals } from "../page-script/api.ts";
import { heldPage, mannerOf, Ownership } from "./ownership.ts";
import type { Page } from "./page.ts";

const briefMs = 500;
const ask = `globalThis.${globals.api}?.fields()`;

/** Between two looks at a page that is waited for. */
const againMs = 100;

/** Keeps the private phase informed of the sensitive fields in every frame of the page, and knows whose the fields are. */
export class SensitiveFields {
  readonly #owners = new Ownership();
  readonly #page: Page;
  readonly #privacy: PrivatePhase;

  constructor(page: Page, privacy: PrivatePhase) {
    this.#page = page;
    this.#privacy = privacy;
    page.webview.listen((event) => {
      if (event.type === "committed" || event.type === "failed") {
        privacy.documentChanged();
        this.#owners.documentChanged();
      }
      if (event.type === "sameDocument") privacy.addressChanged();
    });
    page.messages.listen((message) => {
      if (message.type === "sensitive") this.#saw(message);
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

  /**
   * Runs the command where the page is the automation's to use in its manner; a wait waits until it is.
   * @throws `blocked_private` otherwise.
   */
  async owning<T>(name: string, run: () => Promise<T>, progress: Progress): Promise<T> {
    const manner = mannerOf(name);
    if (manner === "free" || manner === "read") return run();
    for (;;) {
      await progress.race(this.look());
      if (manner !== "wait") this.#owners.demand(manner);
      const value = manner === "wait" && this.#owners.held ? null : { of: await run() };
      if (manner === "input" || manner === "code") return (value as { of: T }).of;
      await progress.race(this.look());
      if (value && !this.#owners.held) return value.of;
      if (manner === "question") throw heldPage();
      progress.blame("blocked_private", heldPage().message);
      await progress.pause(againMs);
    }
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

  /** Asks every frame. What scripts say unasked may still be on its way, and no message reports a late shadow root. */
  async look(): Promise<void> {
    const { webview } = this.#page;
    const wasTurn = this.#privacy.reason === "person_in_control";
    if (webview.evaluateEverywhere) {
      const reports = await webview.evaluateEverywhere(ask);
      const seen = reports.filter((report) => report !== null) as FieldsReport[];
      this.#owners.allSaid(seen);
      this.#privacy.allFieldsSeen(seen);
    } else {
      const main = await this.#page.call("fields");
      if (main.kind === "value") this.#saw(main.value);
    }
    if (!wasTurn) this.#privacy.heardOut();
  }

  /** What the person typed last may still be on its way when their turn is over, and the automation's own input begins. */
  async hearOut(): Promise<void> {
    if (this.#privacy.hearsPerson) await this.lookBriefly();
  }

  #saw(report: FieldsReport): void {
    this.#owners.said(report);
    this.#privacy.fieldsSeen(report);
  }
}
