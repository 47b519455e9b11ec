import { encode } from "uqr";

const quietZone = 4;

/** The dark modules of a QR code as one SVG path, with the quiet zone that readers need. `size` is in modules. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: "M", border: quietZone });
  const rows = data.map((row, y) =>
    row
      .map((dark, x) => (dark && !row[x - 1] ? `M${x} ${y}h${runLength(row, x)}v1h-${runLength(row, x)}z` : ""))
      .join(""),
  );
  return { size, path: rows.join("") };
}

/** A QR code as an element. Dark on light in every colour scheme: many readers fail on the inverse. */
export function qrCode(text: string, label: string): SVGSVGElement {
  const { size, path } = qrPath(text);
  const svg = element("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "shape-rendering": "crispEdges" });
  svg.setAttribute("aria-label", label);
  svg.append(element("rect", { width: size, height: size, fill: "#fff" }), element("path", { d: path, fill: "#000" }));
  return svg;
}

function runLength(row: readonly boolean[], from: number): number {
  const end = row.indexOf(false, from);
  return (end < 0 ? row.length : end) - from;
}

function element<Name extends "svg" | "rect" | "path">(name: Name, attributes: Record<string, string | number>) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made as SVGElementTagNameMap[Name];
}
