import { withNames } from "./names.ts";
import type { ClaimView } from "./view.ts";

/** Puts a view on the page. All text is set as text: names come from whoever made the link. */
export function render(view: ClaimView): void {
  const focused = document.activeElement;
  document.title = view.title;
  document.body.dataset.layout = view.ask ? "wide" : "narrow";
  part("mark").dataset.mark = view.mark;
  show("heading", view.heading);
  show("lead", view.lead || null);
  show("error-code", view.errorCode && `Reason code: ${view.errorCode}`);
  show("badge", view.badge);
  show("notice", view.notice);
  renderAsk(view.ask);
  renderSteps(view.steps);
  renderWays(view.ways);
  renderLeave(view.leave);
  part("panel").hidden = !view.steps && !view.ways;
  announce(view);
  // What had the focus may be gone from the page: do not throw a keyboard back to its top.
  if (focused instanceof HTMLElement && focused !== document.body && !focused.checkVisibility())
    part("heading").focus();
}

function renderAsk(ask: ClaimView["ask"]): void {
  part("ask").hidden = !ask;
  show("ask-title", ask?.title ?? null);
  show("promise", ask?.promise ?? null);
  part("operations").replaceChildren(
    ...(ask?.operations ?? []).map(({ verb, description, details }) => {
      const words = make("div", make("span", description));
      words.append(...details.map((detail) => make("span", detail, "detail")));
      return make("li", make("span", verb, "verb"), words);
    }),
  );
}

function renderSteps(steps: ClaimView["steps"]): void {
  const list = part("steps");
  list.hidden = !steps;
  list.replaceChildren(
    ...(steps ?? []).map(({ label, hint, progress }) => {
      const text = make("div", make("span", label, "label"));
      if (progress === "done") text.append(make("span", ", done", "unseen"));
      if (hint) text.append(make("span", hint, "hint"));
      const item = make("li", make("span", "", "dot"), text);
      item.dataset.progress = progress;
      if (progress === "current") item.ariaCurrent = "step";
      return item;
    }),
  );
}

function renderWays(ways: ClaimView["ways"]): void {
  part("ways").hidden = !ways;
  if (!ways) return;
  show("ways-title", ways.title);
  const until = new Date(ways.validUntil).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  show("valid-until", `This link works until ${until}.`);
}

function renderLeave(leave: ClaimView["leave"]): void {
  part("leave").hidden = !leave;
  if (!leave) return;
  const link = part("leave-link") as HTMLAnchorElement;
  link.href = leave.href;
  link.replaceChildren(...withNames(leave.label));
  show("countdown", leave.countdown);
  part("stay").hidden = leave.countdown === null;
}

/** Said aloud once per change. The countdown is left out, or it would be said every second. */
function announce({ heading, lead, steps, notice }: ClaimView): void {
  const step = steps?.find(({ progress }) => progress === "current");
  const text = [notice, ...(step ? [step.label, step.hint] : [heading, lead])].filter(Boolean).join(". ");
  if (part("announcement").textContent !== text) part("announcement").textContent = text;
}

/** An element of page.html by its id. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`page.html lacks #${id}`);
  return found;
}

function show(id: string, text: string | null): void {
  const element = part(id);
  element.hidden = text === null;
  const pieces = withNames(text ?? "");
  const isShown =
    element.textContent === pieces.map((piece) => (typeof piece === "string" ? piece : piece.textContent)).join("");
  if (!isShown) element.replaceChildren(...pieces);
}

function make(name: "li" | "span" | "div", ...content: [string | Node, (string | Node)?]): HTMLElement {
  const element = document.createElement(name);
  const [first, second] = content;
  element.append(...(typeof first === "string" ? withNames(first) : [first]));
  if (second instanceof Node) element.append(second);
  else if (second) element.className = second;
  return element;
}
