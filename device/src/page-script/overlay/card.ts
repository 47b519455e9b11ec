import type { Done } from "../api.ts";
import { forgetAnnounced } from "../ownership.ts";
import { button, make, post, text } from "./elements.ts";
import { overlayHost, overlayRoot, placeOverlay } from "./host.ts";
import { ask, askConsent, beginQuestion, checkQuestion, endQuestion } from "./question.ts";
import type { Overlay } from "./state.ts";
import { styleText } from "./style.ts";

const box = make("div", "box");
const lookMs = 100;
/** How many looks there are from one placing to the next. */
const looksToPlace = 4;
let shown = "";
let looks = 0;

/** Draws the overlay and keeps it on the document, also when the page rewrites itself. */
export function showOverlay(state: Overlay): Done {
  if (!box.parentNode) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styleText);
    overlayRoot().adoptedStyleSheets = [sheet];
    overlayRoot().append(box);
    setInterval(look, lookMs);
  }
  const wanted = JSON.stringify(state);
  if (shown !== wanted) {
    shown = wanted;
    draw(state);
  }
  place();
  return { kind: "done" };
}

function look(): void {
  if (++looks % looksToPlace === 0) place();
  checkQuestion();
}

function draw(state: Overlay): void {
  overlayHost().removeAttribute("aria-busy");
  endQuestion();
  if (state.mode !== "working") forgetAnnounced();
  box.replaceChildren(...elementsOf(state));
  if (state.mode === "asks" || state.mode === "consent") beginQuestion();
}

function elementsOf(state: Overlay): readonly Element[] {
  switch (state.mode) {
    case "working":
      return [workingCard(state)];
    case "yours":
      return [yourTurn(state)];
    case "asks":
      return ask(state);
    case "consent":
      return askConsent(state);
  }
}

function place(): void {
  if (document.documentElement) placeOverlay();
  else document.addEventListener("readystatechange", place, { once: true });
}

function workingCard({ heading, subheading, progress }: Extract<Overlay, { mode: "working" }>): Element {
  const card = make("section", "card");
  card.setAttribute("role", "status");
  const bar = make("div", progress === null ? "bar unknown" : "bar");
  const fill = make("div", "fill");
  if (progress !== null) fill.style.width = `${Math.round(progress * 100)}%`;
  bar.append(fill);
  card.append(make("div", "spinner"), text(heading, subheading), bar);
  return card;
}

function yourTurn({ card, heading, subheading, doneButton }: Extract<Overlay, { mode: "yours" }>): Element {
  const pill = make("section", doneButton ? "card yours wide" : "card yours");
  const buttons = make("div", "buttons");
  buttons.append(button("I can't", "quiet", { press: () => post({ type: "userGaveUp", card }) }));
  if (doneButton) buttons.append(button("I'm done", "loud", { press: () => post({ type: "userDone", card }) }));
  const note = subheading ? `${subheading} · ${privacy}` : privacy;
  pill.append(text(heading ? `Your turn: ${heading}` : "Your turn", note), buttons);
  return pill;
}

const privacy = "What you type stays on this device";
