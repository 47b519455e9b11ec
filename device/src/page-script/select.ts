import {
  InjectedScript,
  type ParsedSelector,
  type ParsedSelectorPart,
  stringifySelector,
  visitAllSelectorParts,
} from "playwright-selectors";
import { apart } from "./apart.ts";
import type { Failure } from "./api.ts";
import { describe } from "./describe.ts";
import { fields, sensitiveElements } from "./fields.ts";
import { isFrame } from "./kinds.ts";
import { isOverlay } from "./overlay/host.ts";
import { whyNotInPrivate } from "./private-selector-rules.ts";

const playwright = new InjectedScript();
addEngines(playwright._engines);

/** Readable names for what Playwright's `getBy…` functions write. */
function addEngines(engines: typeof playwright._engines): void {
  const [label, attribute] = [engines.get("internal:label"), engines.get("internal:attr")];
  if (label) engines.set("label", label);
  if (attribute)
    engines.set("placeholder", {
      queryAll: (root, body: string) =>
        attribute.queryAll(root, `[placeholder=${/^".*"$/.test(body) ? `${body}s` : `${JSON.stringify(body)}i`}]`),
    });
  // Known to the parser only: frames are entered here, not by an engine.
  engines.set("frame", { queryAll: () => [] });
}

/** A frame whose document only the host can reach, and what to look for there. */
export interface ForeignFrame {
  readonly frame: HTMLIFrameElement;
  readonly rest: string;
}

export type Found = { readonly elements: readonly Element[] } | ForeignFrame | Failure;

/**
 * Every element that the selector matches, in open shadow roots and in the frames that it enters; the overlay is never among
 * them. Frames are strict: each must be one. `guarded`, and wherever the document has a sensitive field: the selector may not
 * ask for values, and is blind to what sensitive fields hold.
 */
export function all(selector: string, guarded: boolean, root: Document | Element = document): Found {
  try {
    let scope: Document | Element = root;
    const { pieces, capture } = split(selector);
    const isPrivate = guarded || fields().kinds.length > 0;
    for (const piece of isPrivate ? pieces : []) {
      const problem = whyNotInPrivate({ parts: piece });
      if (problem) return refused(selector, problem);
    }
    for (const [index, piece] of pieces.entries()) {
      const elements = query({ parts: piece, ...capture }, scope, isPrivate);
      if (index === pieces.length - 1) return { elements };
      const [frame = null] = elements;
      if (elements.length > 1) return ambiguous(selector, elements, "for the frame");
      if (!frame) return { elements };
      if (!isFrame(frame)) return unusable(selector, `${describe(frame)} is not a frame`);
      if (!frame.contentDocument)
        return {
          frame,
          rest: pieces
            .slice(index + 1)
            .map(write)
            .join(` >> ${enter} >> `),
        };
      scope = frame.contentDocument;
    }
    return { elements: [] };
  } catch (error) {
    return unusable(selector, error instanceof Error ? error.message : String(error));
  }
}

/** The one element that the selector matches, or null. More than one is a failure that lists them. */
export function one(
  selector: string,
  guarded: boolean,
  root?: Document | Element,
): { readonly element: Element | null } | ForeignFrame | Failure {
  const found = all(selector, guarded, root);
  if (!("elements" in found)) return found;
  const { elements } = found;
  return elements.length < 2 ? { element: elements[0] ?? null } : ambiguous(selector, elements, "");
}

const noText = { full: "", normalized: "", immediate: [] };

/** The text engines take an element's text from Playwright's cache: there sensitive fields have none. */
function query(parsed: ParsedSelector, scope: Document | Element, isPrivate: boolean): Element[] {
  const evaluator = playwright._evaluator;
  evaluator.begin();
  try {
    for (const { element } of isPrivate ? sensitiveElements(scope.ownerDocument ?? (scope as Document)) : [])
      for (const at of [element, ...element.querySelectorAll("*")]) evaluator._cacheText.set(at, noText);
    return playwright.querySelectorAll(parsed, scope).filter((element) => !isOverlay(element));
  } finally {
    evaluator.end();
  }
}

function refused(selector: string, problem: string): Failure {
  const message = `The page is private, so the selector ${selector} may not be used: ${problem}`;
  return { kind: "failed", code: "blocked_private", message };
}

const enter = "internal:control=enter-frame";

/** The parts of the selector, cut where it enters a frame. */
function split(selector: string): { pieces: ParsedSelectorPart[][]; capture: { capture: number } | null } {
  const { parts, capture } = playwright.parseSelector(selector);
  const pieces: ParsedSelectorPart[][] = [[]];
  for (const [index, part] of parts.entries()) {
    const piece = pieces.at(-1) as ParsedSelectorPart[];
    const isEnter = part.name === "internal:control" && part.body === "enter-frame";
    if (part.name === "frame") piece.push(...playwright.parseSelector(String(part.body)).parts);
    else if (!isEnter) piece.push(part);
    if (!isEnter && part.name !== "frame") continue;
    if (piece.length === 0) throw new Error("a selector for the frame must come before it is entered");
    if (index === parts.length - 1) throw new Error("it ends at a frame: say what to look for inside it");
    pieces.push([]);
  }
  for (const parts of pieces)
    visitAllSelectorParts({ parts }, ({ name, body }, isNested) => {
      if (isNested && (name === "frame" || (name === "internal:control" && body === "enter-frame")))
        throw new Error("a frame cannot be entered inside a composite selector");
    });
  if (capture !== undefined && pieces.length > 1) throw new Error("* cannot be used across frames");
  return { pieces, capture: capture === undefined ? null : { capture } };
}

function write(piece: readonly ParsedSelectorPart[]): string {
  return piece.map(({ name, body, source }) => `${name}=${nested(body) ?? source}`).join(" >> ");
}

/** The parser may have taken the frames out of a nested selector, but not out of its source. */
function nested(body: ParsedSelectorPart["body"]): string | null {
  if (typeof body === "string" || !("parsed" in body)) return null;
  const given = [stringifySelector(body.parsed), ...(body.distance === undefined ? [] : [body.distance])];
  return given.map((one) => JSON.stringify(one)).join(", ");
}

function unusable(selector: string, reason: string): Failure {
  return { kind: "failed", code: "invalid_selector", message: `The selector ${selector} cannot be used: ${reason}` };
}

function ambiguous(selector: string, elements: readonly Element[], where: string): Failure {
  const matches = apart(elements.slice(0, 10));
  const count = `${elements.length} elements${where && ` ${where}`}`;
  return {
    kind: "failed",
    code: "strict_violation",
    message: `The selector ${selector} matches ${count}, it must match one: ${matches.join(", ")}`,
    matches,
  };
}
