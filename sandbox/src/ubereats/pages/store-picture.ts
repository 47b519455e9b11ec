import type { Store } from "../stores.ts";

/** A drawn plate in the restaurant's colour, as SVG. */
export function storePicture({ hue }: Store): string {
  const tone = (lightness: number) => `hsl(${hue} 55% ${lightness}%)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 212">
<rect width="320" height="212" fill="${tone(88)}"/>
<circle cx="160" cy="112" r="82" fill="${tone(97)}"/><circle cx="160" cy="112" r="60" fill="${tone(80)}"/>
<path d="M118 116q22-34 44-4t42-8" fill="none" stroke="${tone(42)}" stroke-width="14" stroke-linecap="round"/>
<circle cx="140" cy="92" r="10" fill="${tone(32)}"/><circle cx="186" cy="132" r="13" fill="${tone(58)}"/>
</svg>`;
}
