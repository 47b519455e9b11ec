import { isA, windowOf } from "./kinds.ts";

/** Fonts whose letters are all dots: `text-security-disc`, `password`, `dotsfont`, … */
const fontsOfDots = /text-?security|password|passwd|dots?-?font|font-?dots?|bullets?|disc-?font|asterisk/i;

/** Whether the field is drawn so that nobody can read what is typed, other than by `type=password`. */
export function hidesLetters(field: Element): boolean {
  const style = windowOf(field).getComputedStyle(field);
  const security = style.getPropertyValue("-webkit-text-security");
  if (security !== "" && security !== "none") return true;
  if (fontsOfDots.test(style.fontFamily.split(",")[0] ?? "")) return true;
  if (!isClear(style.getPropertyValue("-webkit-text-fill-color")) && !isClear(style.color)) return false;
  // Editors draw the text of a clear textarea themselves, in colours.
  return isA(field, "input") || style.textShadow !== "none";
}

/** `rgba(0, 0, 0, 0)`, `color(srgb 0 0 0 / 0)` */
function isClear(color: string): boolean {
  return /^rgba\(.*,\s*0\)$|\/\s*0\)$/.test(color);
}
