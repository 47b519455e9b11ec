import { keepListening, listensFirst } from "../listening.ts";
import { button, make, post, text } from "./elements.ts";
import { overlayHost, placeOverlay, raiseOverlay } from "./host.ts";
import { isReached, placeOf } from "./presses.ts";
import { Sight } from "./sight.ts";
import type { Overlay } from "./state.ts";

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
  #hasEnded = false;
  /** Where the buttons stand. */
  #places = "";

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
    const { label, content, no } = wanted;
    this.card.setAttribute("role", "alertdialog");
    this.card.setAttribute("aria-label", label);
    this.#no = button(no, "quiet", { press: () => this.no() });
    this.#yes = button("", "loud", { press: () => this.#pressed(), begins: () => this.#takesYes() });
    const buttons = make("div", "buttons");
    buttons.append(this.#no, this.#yes);
    this.card.append(...content, buttons);
    this.card.addEventListener("scroll", () => this.#look(), { passive: true });
    this.#sight = new Sight(this.card, () => isReached(this.#yes) && isReached(this.#no));
  }

  /** Called once it is drawn. */
  begin(): void {
    raiseOverlay();
    this.#no.focus({ preventScroll: true });
    this.#wait();
    this.#look();
    this.#yes.textContent = this.#isRead ? this.#wanted.yes : "Read on";
  }

  no(): void {
    post({ type: "userGaveUp", card: this.#wanted.card });
  }

  /** The page cannot have the keys while it is asked. */
  takeFocus(): void {
    if (document.activeElement !== overlayHost()) this.#no.focus({ preventScroll: true });
  }

  end(): void {
    this.#hasEnded = true;
    this.#sight.end();
  }

  /** Looks again whether a yes can be taken; to be called now and then. */
  check(): void {
    if (this.#hasEnded) return;
    if (!listensFirst()) return this.#refuse();
    this.#look();
    this.#stand();
    this.#sight.look();
    if (this.#sight.isLost) return this.#complain();
    const { since } = this.#sight;
    const isReady = since !== null && performance.now() >= Math.max(since + unreadMs, this.#takesYesAt);
    this.#yes.disabled = !isReady;
    if (isReady) overlayHost().removeAttribute("aria-busy");
    else overlayHost().setAttribute("aria-busy", "true");
  }

  /** A yes is for a button that has stood where it stands for as long as the question has to be in sight. */
  #stand(): void {
    const places = `${placeOf(this.#yes)} ${placeOf(this.#no)}`;
    if (this.#places !== places) this.#wait();
    this.#places = places;
  }

  /** The page may hear of a press before the question does, and keep a no from it. */
  #refuse(): void {
    this.#wait();
    this.#hasEnded = true;
    post({ type: "unaskable", card: this.#wanted.card });
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

  #takesYes(): boolean {
    this.check();
    return !this.#yes.disabled && !this.#hasEnded;
  }

  #pressed(): void {
    if (!this.#takesYes()) return;
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
  if (!current) return;
  if (event.isTrusted && event.type === "keydown" && (event as KeyboardEvent).key === "Escape") current.no();
  if (event.target === overlayHost()) return;
  if (event.type === "keydown") current.takeFocus();
  event.preventDefault();
  event.stopImmediatePropagation();
}
keepListening(() => {
  for (const type of ["keydown", "keypress", "keyup", "beforeinput"]) addEventListener(type, holdKey, true);
});
