import { isA } from "./kinds.ts";
import { parentOf } from "./states.ts";

export type Box = HTMLInputElement | HTMLSelectElement;

const [fewest, most] = [4, 8];
const furthest = 4;
/** An alphabet in both cases, with a line of words. */
const longestList = 63;

/** The boxes of one character each, side by side, of which the field is one, in their order; null where it is none. */
export function boxesAround(field: Element): readonly Box[] | null {
  for (const isBox of [isLimited, isList, isSmall]) {
    if (!isBox(field)) continue;
    let around = parentOf(field);
    for (let depth = 0; around && depth < furthest; depth++, around = parentOf(around)) {
      const boxes = [...around.querySelectorAll<Box>("input, select")].filter(isBox);
      if (boxes.length < fewest) continue;
      if (boxes.length <= most && (isBox !== isSmall || areInLine(boxes))) return boxes;
      break;
    }
  }
  return null;
}

/** An input for one character, or a list of characters to choose one from. */
export function isOneCharacter(field: Element): boolean {
  return isLimited(field) || isList(field);
}

function isLimited(field: Element): field is HTMLInputElement {
  return isA(field, "input") && field.maxLength === 1 && /^(text|password|tel|number)$/.test(field.type);
}

/** Digits or letters, nine at least, to choose one from. A first option may say what to do. */
function isList(field: Element): field is HTMLSelectElement {
  if (!isA(field, "select") || field.multiple || field.options.length > longestList) return false;
  const texts = [...field.options].map((option) => option.text.trim());
  const characters = texts.filter((text) => /^[\p{L}\p{N}]$/u.test(text)).length;
  return characters >= 9 && texts.length - characters <= 1;
}

/** As small as one character, without saying so. Sites say then at least that a keyboard of digits is wanted, or that a code is. */
function isSmall(field: Element): field is HTMLInputElement {
  if (!isA(field, "input") || !/^(text|password|tel)$/.test(field.type) || field.maxLength > 1) return false;
  if (field.type !== "password" && field.type !== "tel" && !/numeric|tel|decimal/.test(field.inputMode)) {
    const isCode = /one-time-code/.test(field.autocomplete);
    if (!isCode && field.size !== 1) return false;
  }
  const { width, height } = field.getBoundingClientRect();
  return width > 0 && width <= 80 && width <= 2.5 * height;
}

function areInLine(boxes: readonly Box[]): boolean {
  const tops = boxes.map((box) => box.getBoundingClientRect().top);
  return Math.max(...tops) - Math.min(...tops) < 4;
}
