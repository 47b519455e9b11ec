import { cutNow } from "./cut-later.ts";
import { describe } from "./describe.ts";
import { parentOf } from "./states.ts";

/** Each element in one line; those that look alike with what they are in, or with their number among the matches. */
export function apart(elements: readonly Element[]): string[] {
  const lines = elements.map(describe);
  const placed = lines.map((line, index) => (isRepeated(lines, line) ? inBranch(elements, index, line) : line));
  return placed.map((line, index) => (isRepeated(placed, line) ? `${line} (nth=${index})` : line));
}

function isRepeated(lines: readonly string[], line: string): boolean {
  return lines.filter((other) => cutNow(other) === cutNow(line)).length > 1;
}

/** The line, with the outermost ancestor that holds none of the other elements. */
function inBranch(elements: readonly Element[], index: number, line: string): string {
  const element = elements[index] as Element;
  const others = elements.filter((other) => other !== element);
  let branch = element;
  for (let at = parentOf(element); at && !others.some((other) => holds(at, other)); at = parentOf(at)) branch = at;
  return branch === element ? line : `${line} in ${describe(branch)}`;
}

function holds(ancestor: Element | null, element: Element): boolean {
  for (let at: Element | null = element; at; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}
