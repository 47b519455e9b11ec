import { isA } from "./kinds.ts";
import { bare, plain } from "./words.ts";

const longest = 120;

/** What a field is called, each name as words in lower case: its names, labels, placeholder, or the text just before it. */
export function labelsOf(field: Element): string[] {
  const attributes = ["name", "id", "aria-label", "placeholder", "title", "data-testid"].map(
    (attribute) => field.getAttribute(attribute) ?? "",
  );
  const labels = [...labelElements(field), ...labelledBy(field)].map((label) => label.textContent ?? "");
  const said = [field.getAttribute("aria-label"), field.getAttribute("placeholder"), ...labels].some((text) =>
    text?.trim(),
  );
  const texts = said ? labels : [textBefore(field)];
  return [...attributes, ...texts].map(words).filter((text) => text !== "");
}

/** `loginPass_word[0]` becomes `login pass word 0`. */
export function words(name: string): string {
  const apart = bare(name.slice(0, 4 * longest)).replace(/([a-z\d])([A-Z])|([A-Za-z])(\d)/g, "$1$3 $2$4");
  return plain(apart).slice(0, longest);
}

function labelElements(field: Element): readonly Element[] {
  const labelled = isA(field, "input") || isA(field, "textarea") || isA(field, "select");
  return labelled ? [...(field.labels ?? [])] : [];
}

function labelledBy(field: Element): readonly Element[] {
  const ids = field.getAttribute("aria-labelledby")?.split(/\s+/).filter(Boolean) ?? [];
  const root = field.getRootNode() as Document | ShadowRoot;
  return ids.map((id) => root.getElementById?.(id) ?? null).filter((label) => label !== null);
}

/** For the many fields without a label: the element before it, or before its box. */
function textBefore(field: Element): string {
  for (let at: Element | null = field, depth = 0; at && depth < 3; at = at.parentElement, depth++) {
    const before = at.previousElementSibling;
    if (!before) continue;
    const holdsField = before.matches("input, select, textarea") || before.querySelector("input, select, textarea");
    const text = before.textContent?.trim() ?? "";
    if (holdsField || text.length > longest) return "";
    if (text) return text;
  }
  return "";
}
