import { editable, roots } from "../fields.ts";
import { overlayRoot } from "./host.ts";
import { boxesOf } from "./texts.ts";

const notTyped =
  "[type=button], [type=submit], [type=reset], [type=image], [type=checkbox], [type=radio], [type=hidden]";
/** What is drawn by another document, or in a way that no script can look into. */
const opaque = "iframe, frame, object, embed";

let layer: HTMLElement | null = null;
let drawn = "";
let covered: readonly number[] = [];

/**
 * Covers everything that a person may have typed into, what cannot be looked into, and the texts at these places, with boxes of
 * one colour. False where the box of a text is not known.
 */
export function drawMasks(show: boolean, texts: readonly number[] = []): boolean {
  layer?.remove();
  if (!show) return true;
  layer = document.createElement("div");
  covered = texts;
  const boxes = places();
  if (!boxes) return false;
  drawn = boxes.join(";");
  for (const [left, top, width, height] of boxes) {
    const mask = document.createElement("div");
    mask.style.cssText = `position: absolute; visibility: visible; background: #808890; left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
    layer.append(mask);
  }
  overlayRoot().append(layer);
  return true;
}

/** Whether the masks are still where they have to be. */
export function masksFit(): boolean {
  return places()?.join(";") === drawn;
}

function places(): number[][] | null {
  const texts = boxesOf(covered);
  if (!texts) return null;
  return [...masked().map((element) => element.getBoundingClientRect()), ...texts]
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ left, top, width, height }) => [
      Math.floor(left + scrollX) - 1,
      Math.floor(top + scrollY) - 1,
      Math.ceil(width) + 2,
      Math.ceil(height) + 2,
    ]);
}

function masked(): Element[] {
  return roots().flatMap((root) => [
    ...[...root.querySelectorAll(editable)].filter((element) => !element.matches(notTyped)),
    ...root.querySelectorAll(opaque),
    ...[...root.querySelectorAll(":defined")].filter(mayHaveClosedRoot),
  ]);
}

/** A custom element that draws something without children and without an open shadow root draws it in a closed one. */
function mayHaveClosedRoot(element: Element): boolean {
  return (
    element.localName.includes("-") && !element.shadowRoot && element.childElementCount === 0 && !element.textContent
  );
}
