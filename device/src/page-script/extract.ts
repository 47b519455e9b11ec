import type { DomProjection, Failure, FieldProjection, Foreign, Read, Retry } from "./api.ts";
import { innerHtml } from "./html.ts";
import { nextChange } from "./moments.ts";
import { foreign, read, retry } from "./outcomes.ts";
import { all, one } from "./select.ts";
import { isSensitive } from "./sensitive.ts";
import { shownText } from "./shown-text.ts";

type Outcome = Read<unknown> | Retry | Failure | Foreign;

/** See {@link PageApi.extract}. */
export async function extract(projection: DomProjection, sliceMs: number, guarded: boolean): Promise<Outcome> {
  const end = performance.now() + sliceMs;
  for (;;) {
    const outcome = project(projection, guarded);
    const left = end - performance.now();
    if (outcome.kind !== "retry" || left <= 0) return outcome;
    await nextChange(Math.min(left, 100));
  }
}

function project({ rows, fields, limit }: DomProjection, guarded: boolean): Outcome {
  if (rows === undefined) return row(document, fields, "", guarded);
  const found = all(rows, guarded);
  if ("kind" in found) return found;
  if ("frame" in found) return foreign(found);
  const list: unknown[] = [];
  for (const [index, element] of found.elements.slice(0, limit).entries()) {
    const one = row(element, fields, `row ${index + 1} of ${found.elements.length} (${rows}), `, guarded);
    if (one.kind !== "done") return one;
    list.push(one.value);
  }
  return read(list);
}

function row(root: Document | Element, fields: DomProjection["fields"], where: string, guarded: boolean): Outcome {
  const object: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const outcome = readField(root, field, `${where}field ${name}`, guarded);
    if (outcome.kind !== "done") return outcome;
    object[name] = outcome.value;
  }
  return read(object);
}

function readField(root: Document | Element, field: FieldProjection, where: string, guarded: boolean): Outcome {
  const { selector, read: what, optional } = field;
  const found =
    selector === undefined
      ? { element: "documentElement" in root ? root.documentElement : root }
      : one(selector, guarded, root);
  if ("kind" in found) return { ...found, message: `${where}: ${found.message}` };
  if ("frame" in found) {
    if (root === document) return foreign(found);
    const message = `${where}: ${selector} leads into a frame of another origin; give the rows within that frame`;
    return { kind: "failed", code: "invalid_selector", message };
  }
  const { element } = found;
  if (!element) return optional ? read(null) : retry(`${where}: ${selector} matches nothing`, true);
  if (isSensitive(element))
    return { kind: "failed", code: "blocked_private", message: `${where}: what is in there stays on the device` };
  if (what === "text") return read(shownText(element));
  if (what === "html") return read(innerHtml(element));
  const name = what.slice("attribute:".length);
  const attribute = element.getAttribute(name);
  if (attribute !== null || optional) return read(attribute);
  return retry(`${where}: the element has no attribute ${name}`, true);
}
