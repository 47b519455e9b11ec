import { isFocusable } from "../kinds.ts";

const tag = "passage-status";
const styles: Record<string, string> = {
  all: "initial",
  // What `all` leaves out.
  direction: "ltr",
  "unicode-bidi": "isolate",
  position: "fixed",
  inset: "auto 0 0 0",
  width: "auto",
  height: "auto",
  margin: "0",
  padding: "0",
  border: "0",
  background: "transparent",
  overflow: "visible",
  display: "block",
  "pointer-events": "none",
  "z-index": "2147483647",
};
let current: HTMLElement | null = null;
/** The styles as they were last set: the page can reach the host's own. */
let written: string | null = null;
const now: Record<string, string> = {};
let root: ShadowRoot | null = null;

/** The element that carries the overlay. Its styles are inline and important: no rule of the site outranks them. */
export function overlayHost(): HTMLElement {
  if (current) return current;
  const host = document.createElement(tag);
  host.popover = "manual";
  setStyles(host, styles);
  current = host;
  return host;
}

/** What the overlay draws in. No script of the page reaches it. */
export function overlayRoot(): ShadowRoot {
  root ??= overlayHost().attachShadow({ mode: "closed" });
  return root;
}

export function isOverlay(element: Element): boolean {
  return element === current;
}

/** Puts the host on top: inside an open modal dialog, since everything outside one is inert. */
export function placeOverlay(): void {
  const host = overlayHost();
  const parent = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.documentElement;
  if (!parent) return;
  if (host.parentNode !== parent) parent.append(host);
  if (host.getAttribute("style") !== written) setStyles(host, {});
  if (!host.matches(":popover-open")) host.showPopover();
}

/** Puts the host above all that the page has put above it, at the size that no style of the page has changed. */
export function raiseOverlay(): void {
  placeOverlay();
  const host = overlayHost();
  const focused = overlayRoot().activeElement;
  if (host.matches(":popover-open")) host.hidePopover();
  setStyles(host, { zoom: String(1 / zoomOf(host.parentElement)) });
  if (host.isConnected) host.showPopover();
  if (isFocusable(focused)) focused.focus({ preventScroll: true });
}

function zoomOf(element: Element | null): number {
  return (element as { readonly currentCSSZoom?: number } | null)?.currentCSSZoom || 1;
}

/** Takes the overlay out of sight, or puts it back. */
export function hideOverlay(hidden: boolean): void {
  const away = { position: "absolute", inset: "0 auto auto 0", visibility: "hidden" };
  setStyles(overlayHost(), hidden ? away : { position: "fixed", inset: "auto 0 0 0", visibility: "visible" });
}

/** Styles that were set before and are not among these stay. */
function setStyles(host: HTMLElement, changed: Record<string, string>): void {
  Object.assign(now, changed);
  host.removeAttribute("style");
  for (const [name, value] of Object.entries(now)) host.style.setProperty(name, value, "important");
  written = host.getAttribute("style");
}
