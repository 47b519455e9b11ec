import { type Done, globals, type Overlay, type PageMessage } from "../api.ts";
import { keepListening } from "../listening.ts";
import { forgetAnnounced } from "../ownership.ts";
import { overlayHost, overlayRoot, placeOverlay } from "./host.ts";
import { styleText } from "./style.ts";

const box = document.createElement("div");
let shown = "";
/** For so long a question takes no answer: what is pressed then was meant for what stood there before. */
const unreadMs = 1_000;

/** Draws the overlay and keeps it on the document, also when the page rewrites itself. */
export function showOverlay(state: Overlay): Done {
  if (!box.parentNode) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styleText);
    overlayRoot().adoptedStyleSheets = [sheet];
    overlayRoot().append(box);
    setInterval(place, 400);
  }
  const wanted = JSON.stringify(state);
  if (shown !== wanted) {
    shown = wanted;
    draw(state);
  }
  place();
  return { kind: "done" };
}

function draw(state: Overlay): void {
  overlayHost().removeAttribute("aria-busy");
  if (state.mode !== "working") forgetAnnounced();
  if (state.mode === "asks") ask(state);
  else if (state.mode === "consent") askConsent(state);
  else box.replaceChildren(state.mode === "working" ? workingCard(state) : yourTurn(state));
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

function yourTurn({ heading, subheading, doneButton }: Extract<Overlay, { mode: "yours" }>): Element {
  const pill = make("section", doneButton ? "card yours wide" : "card yours");
  const buttons = make("div", "buttons");
  buttons.append(button("I can't", "quiet", { type: "userGaveUp" }));
  if (doneButton) buttons.append(button("I'm done", "loud", { type: "userDone" }));
  const note = subheading ? `${subheading} · ${privacy}` : privacy;
  pill.append(text(heading ? `Your turn: ${heading}` : "Your turn", note), buttons);
  return pill;
}

const privacy = "What you type stays on this device";

function ask({ heading, subheading }: Extract<Overlay, { mode: "asks" }>): void {
  demandAnswer(heading, [text(heading, subheading)], { no: "No", yes: "Yes" });
}

function askConsent({ providerName, requestedBy, server, isLive, operations }: Extract<Overlay, { mode: "consent" }>) {
  const heading = `${requestedBy} asks for ${providerName}`;
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
  demandAnswer(heading, [text(heading, where), list, promise], { no: "Not now", yes: "Agree" }).classList.add("whole");
}

/** Draws a question over the whole page, which gets no press and no key until it is gone. Returns its card. */
function demandAnswer(label: string, content: readonly Element[], labels: { no: string; yes: string }): Element {
  const card = make("section", "card yours wide");
  card.setAttribute("role", "alertdialog");
  card.setAttribute("aria-label", label);
  const no = button(labels.no, "quiet", { type: "userGaveUp" });
  const yes = button(labels.yes, "loud", { type: "userDone" });
  const buttons = make("div", "buttons");
  buttons.append(no, yes);
  card.append(...content, buttons);
  const veil = make("div", "veil");
  box.replaceChildren(veil, card);
  place();
  yes.disabled = true;
  overlayHost().setAttribute("aria-busy", "true");
  no.focus({ preventScroll: true });
  setTimeout(() => {
    if (!veil.isConnected) return;
    yes.disabled = false;
    overlayHost().removeAttribute("aria-busy");
  }, unreadMs);
  return card;
}

function holdKey(event: Event): void {
  if (!box.querySelector(".veil") || event.target === overlayHost()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
keepListening(() => {
  for (const type of ["keydown", "keypress", "keyup", "beforeinput"]) addEventListener(type, holdKey, true);
});

function text(heading: string, subheading: string): Element {
  const block = make("div", "text");
  block.append(make("p", "heading", heading));
  if (subheading) block.append(make("p", "subheading", subheading));
  return block;
}

function button(label: string, look: string, message: PageMessage): HTMLButtonElement {
  const element = document.createElement("button");
  element.className = look;
  element.textContent = label;
  element.type = "button";
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    if (event.isTrusted) post(message);
  });
  return element;
}

function post(message: PageMessage): void {
  const binding: unknown = Reflect.get(globalThis, globals.post);
  if (typeof binding === "function") binding(JSON.stringify(message));
}

function make(tag: string, className: string, content = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}
