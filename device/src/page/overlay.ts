import type { CommandParams } from "@passage/protocol/commands";
import type { Overlay } from "../page-script/overlay/state.ts";
import type { Page } from "./page.ts";

/** What the overlay says, drawn again on each document. Drawing never holds a command up. */
export class OverlayKeeper {
  readonly #page: Page;
  #working: Extract<Overlay, { mode: "working" }> = {
    mode: "working",
    heading: "Working on it",
    subheading: "You will be asked when it is your turn",
    progress: null,
  };
  #yours: Extract<Overlay, { mode: "yours" | "asks" }> | null = null;
  #cards = 0;
  readonly #earlier = new Set<string>();
  #mark = "";
  #holdsOff = false;

  constructor(page: Page) {
    this.#page = page;
    page.webview.listen((event) => {
      if (event.type === "committed" || event.type === "failed" || event.type === "domcontentloaded") this.#draw();
    });
  }

  /** The id of the card that the person can answer now, or null. */
  get card(): string | null {
    return this.#yours?.card ?? null;
  }

  /** The ids of the cards that asked the same before. */
  get earlierCards(): ReadonlySet<string> {
    return this.#earlier;
  }

  /** A line that stands on the overlay throughout, whatever the automation says there. */
  mark(line: string): void {
    this.#mark = line;
    this.#draw();
  }

  updateStatus(status: CommandParams<"updateStatus">): void {
    const { heading, subheading, progress } = status;
    this.#working = {
      mode: "working",
      heading: heading ?? this.#working.heading,
      subheading: subheading ?? (heading === undefined ? this.#working.subheading : ""),
      progress: progress ?? this.#working.progress,
    };
    this.#draw();
  }

  yourTurn(heading: string, subheading: string, doneButton: boolean): void {
    this.#earlier.clear();
    this.#yours = { mode: "yours", card: this.#newCard(), heading, subheading, doneButton };
    this.#draw();
  }

  /** Asks the person, who answers before they have anything else of the page. */
  asks(question: string): void {
    this.#earlier.clear();
    this.#yours = {
      mode: "asks",
      card: this.#newCard(),
      heading: question,
      subheading: "Passage then presses the site's button for you, once",
    };
    this.#draw();
  }

  /** Asks anew, above everything and at the page's usual size. What is said to the card that was there counts no more. */
  async askAgain(): Promise<void> {
    const asked = this.#yours;
    await this.#page.webview.resetZoom?.();
    if (asked === null || this.#yours !== asked) return;
    this.#earlier.add(asked.card);
    this.#yours = { ...asked, card: this.#newCard() };
    this.#draw();
  }

  /** Whether the person is told why the page takes nothing that they type now. */
  holdOff(on: boolean): void {
    if (this.#holdsOff === on) return;
    this.#holdsOff = on;
    this.#draw();
  }

  working(): void {
    this.#earlier.clear();
    this.#yours = null;
    this.#draw();
  }

  #newCard(): string {
    return String(++this.#cards);
  }

  #draw(): void {
    const state = this.#yours ?? (this.#holdsOff ? { ...this.#working, ...heldOff } : this.#working);
    const notice = this.#page.wantsBrowserSignIn ? browserSignIn + (this.#yours ? wayOn : "") : "";
    const subheading = [notice, this.#mark, state.subheading].filter(Boolean).join(" · ");
    this.#page.call("overlay", { ...state, subheading }).catch(() => {});
  }
}

const heldOff = {
  heading: "Please wait before you type",
  subheading:
    "The automation ran code of its own in this page, so it takes nothing from you. It is loaded anew when you try.",
};
const browserSignIn =
  "This page asks for a user name and password in a window of the browser's own, which does not work here.";
const wayOn = " Go back and choose another way to sign in, or press “I can't”.";
