import type { Done } from "../api.ts";
import { nextFrame } from "../moments.ts";

const tag = "passage-status";
let current: HTMLElement | null = null;

/** The element that carries the overlay. Its styles are inline and important: no rule of the site outranks them. */
export function overlayHost(): HTMLElement {
  if (current) return current;
  const host = document.createElement(tag);
  host.popover = "manual";
  const styles: Record<string, string> = {
    all: "initial",
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
  for (const [name, value] of Object.entries(styles)) host.style.setProperty(name, value, "important");
  current = host;
  return host;
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
  if (!host.matches(":popover-open")) host.showPopover();
}

/** See {@link PageApi.curtain}. */
export async function curtain(hidden: boolean): Promise<Done> {
  overlayHost().style.setProperty("visibility", hidden ? "hidden" : "visible", "important");
  await nextFrame();
  await nextFrame();
  return { kind: "done" };
}
