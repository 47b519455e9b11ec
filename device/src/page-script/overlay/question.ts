import type { Overlay } from "../api.ts";
import { keepListening } from "../listening.ts";
import { button, make, post, text } from "./elements.ts";
import { overlayHost, placeOverlay, raiseOverlay } from "./host.ts";
import { Sight } from "./sight.ts";

/** For so long without a break a question has to be in sight before it takes a yes: what is pressed earlier was meant for what stood there before. */
const unreadMs = 1_000;

/** The question that shows, or null. */
let current: Question | null = null;

interface Wanted {
  readonly card: string;
  /** What a screen reader says. */
  readonly label: string;
  readonly content: readonly Element[];
  readonly no: string;
  readonly yes: string;
}

/** A question over the whole page, which gets no press and no key until it is gone. A yes needs all of it to have been in sight. */
class Question {
  readonly veil = make("div", "veil");
  readonly card = make("section", "card yours wide asked");
  readonly #wanted: Wanted;
  readonly #yes: HTMLButtonElement;
  readonly #no: HTMLButtonElement;
  readonly #sight: Sight;
  #isRead = false;
  #takesYesAt = Number.POSITIVE_INFINITY;
  #complainedAt = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
    const { card, label, content, no } = wanted;
    this.card.setAttribute("role", "alertdialog");
    this.card.setAttribute("aria-label", label);
    this.#no = button(no, "quiet", () => post({ type: "userGaveUp", card }));
    this.#yes = button("", "loud", () => this.#pressed());
    const buttons = make("div", "buttons");
    buttons.append(this.#no, this.#yes);
    this.card.append(...content, buttons);
    this.card.addEventListener("scroll", () => this.#look(), { passive: true });
    this.#sight = new Sight(this.card);
  }

  /** Called once it is drawn. */
  begin(): void {
    raiseOverlay();
    this.#no.focus({ preventScroll: true });
    this.#wait();
    this.#look();
    this.#yes.textContent = this.#isRead ? this.#wanted.yes : "Read on";
  }

  end(): void {
    this.#isOver = true;
    this.#sight.end();
  }

  /** Looks again whether a yes can be taken; to be called now and then. */
  check(): void {
    if (this.#isOver) return;
    this.#look();
    this.#sight.look();
    if (this.#sight.isLost) return this.#complain();
    const { since } = this.#sight;
    const isReady = since !== null && performance.now() >= Math.max(since + unreadMs, this.#takesYesAt);
    this.#yes.disabled = !isReady;
    if (isReady) overlayHost().removeAttribute("aria-busy");
    else overlayHost().setAttribute("aria-busy", "true");
  }

  #complain(): void {
    const now = performance.now();
    if (now < this.#complainedAt + unreadMs) return;
    this.#complainedAt = now;
    this.#wait();
    post({ type: "covered", card: this.#wanted.card });
  }

  #wait(): void {
    this.#takesYesAt = performance.now() + unreadMs;
    this.#yes.disabled = true;
    overlayHost().setAttribute("aria-busy", "true");
  }

  #look(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.card;
    if (this.#isRead || clientHeight === 0 || scrollTop + clientHeight < scrollHeight - 2) return;
    this.#isRead = true;
    // What is pressed in a row to read on is no yes.
    if (this.#yes.textContent !== "") this.#wait();
    this.#yes.textContent = this.#wanted.yes;
  }

  #pressed(): void {
    this.check();
    if (this.#yes.disabled) return;
    if (this.#isRead) return post({ type: "userDone", card: this.#wanted.card });
    this.card.scrollBy({ top: this.card.clientHeight * 0.7 });
  }
}

/** The elements of a question, to be drawn before {@link beginQuestion}. */
export function ask(state: Extract<Overlay, { mode: "asks" }>): readonly Element[] {
  const { card, heading, subheading } = state;
  return question({ card, label: heading, content: [text(heading, subheading)], no: "No", yes: "Yes" });
}

export function askConsent(state: Extract<Overlay, { mode: "consent" }>): readonly Element[] {
  const { card, providerName, requestedBy, server, isLive, operations } = state;
  const heading = `“${requestedBy}” asks for ${providerName}`;
  const where = isLive
    ? `What is listed here goes to ${server}, and nothing else does.`
    : `Test mode: pages of this machine stand in for ${providerName}. What is listed here goes to ${server}.`;
  const list = make("ul", "terms");
  for (const { sends, details } of operations) {
    const item = make("li", "");
    item.append(make("p", "heading", sends), ...details.map((detail) => make("p", "subheading", detail)));
    list.append(item);
  }
  const promise = make(
    "p",
    "promise",
    "You sign in yourself. Your password, your codes and your cookies stay on this device.",
  );
  const content = [text(heading, where), list, promise];
  const elements = question({ card, label: heading, content, no: "Not now", yes: "Agree" });
  current?.card.classList.add("whole");
  return elements;
}

function question(wanted: Wanted): readonly Element[] {
  current = new Question(wanted);
  return [current.veil, current.card];
}

export function beginQuestion(): void {
  placeOverlay();
  current?.begin();
}

export function checkQuestion(): void {
  current?.check();
}

/** Nothing is asked any more. */
export function endQuestion(): void {
  current?.end();
  current = null;
}

function holdKey(event: Event): void {
  if (!current || event.target === overlayHost()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
keepListening(() => {
  for (const type of ["keydown", "keypress", "keyup", "beforeinput"]) addEventListener(type, holdKey, true);
});
