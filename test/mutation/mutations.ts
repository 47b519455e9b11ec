import { Random } from "../chaos/random.ts";
import { respelled } from "./spellings.ts";

/** One change of a site, concrete enough to be printed and made again. `where` is host and path of an answer. */
export type Mutation =
  | { readonly kind: "rename key"; readonly where: string; readonly key: string; readonly to: string }
  | { readonly kind: "drop key"; readonly where: string; readonly key: string }
  /** Only the first of the rows that have it loses it. */
  | { readonly kind: "drop key once"; readonly where: string; readonly key: string }
  | { readonly kind: "respell"; readonly where: string; readonly key: string; readonly spelling: number }
  | { readonly kind: "duplicate row"; readonly where: string; readonly list: string; readonly row: number }
  | { readonly kind: "reorder rows"; readonly where: string; readonly list: string; readonly seed: number }
  /** An id, class, name or label, in the pages and in the scripts that look for it. */
  | { readonly kind: "rename name"; readonly name: string; readonly to: string }
  | { readonly kind: "drop element"; readonly name: string }
  | { readonly kind: "duplicate element"; readonly name: string }
  | { readonly kind: "reorder elements"; readonly name: string }
  | { readonly kind: "delay"; readonly where: string; readonly ms: number }
  | { readonly kind: "fail"; readonly where: string; readonly how: Failure };

export const failures = ["500", "403", "404", "a page instead", "nothing", "cut", "no answer"] as const;
export type Failure = (typeof failures)[number];

export function describe(mutation: Mutation): string {
  const { kind, ...rest } = mutation;
  return `${kind}: ${Object.values(rest).join(" ")}`;
}

/** The JSON as the changed site answers it. */
export function mutateJson(where: string, value: unknown, mutations: readonly Mutation[]): unknown {
  return mutations.reduce(
    (now, mutation) => ("where" in mutation && mutation.where === where ? changed(now, mutation) : now),
    value,
  );
}

function changed(value: unknown, mutation: Mutation): unknown {
  switch (mutation.kind) {
    case "rename key":
      return mapEntries(value, mutation.key, (inner) => [[mutation.to, inner]]);
    case "drop key":
      return mapEntries(value, mutation.key, () => []);
    case "drop key once": {
      let dropped = false;
      return mapEntries(value, mutation.key, (inner) => {
        if (dropped) return [[mutation.key, inner]];
        dropped = true;
        return [];
      });
    }
    case "respell":
      return mapEntries(value, mutation.key, (inner) => [
        [mutation.key, respelled(inner, mutation.spelling, mutation.key)],
      ]);
    case "duplicate row":
      return mapLists(value, mutation.list, (rows) =>
        rows.toSpliced(mutation.row % rows.length, 0, rows[mutation.row % rows.length]),
      );
    case "reorder rows":
      return mapLists(value, mutation.list, (rows) => shuffled(rows, new Random(mutation.seed)));
    default:
      return value;
  }
}

/** Replaces each entry of this name, at any depth, by others. */
function mapEntries(value: unknown, key: string, replace: (inner: unknown) => [string, unknown][]): unknown {
  if (Array.isArray(value)) return value.map((item) => mapEntries(item, key, replace));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const deeper = mapEntries(inner, key, replace);
    return name === key ? replace(deeper) : [[name, deeper] as [string, unknown]];
  });
  return Object.fromEntries(entries);
}

function mapLists(value: unknown, key: string, replace: (rows: unknown[]) => unknown[], at = ""): unknown {
  if (Array.isArray(value)) {
    const inner = value.map((item) => mapLists(item, key, replace, at));
    return at === key && inner.length > 1 ? replace(inner) : inner;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapLists(inner, key, replace, name)]));
}

function shuffled(rows: readonly unknown[], random: Random): unknown[] {
  const left = [...rows];
  return Array.from({ length: rows.length }, () => left.splice(random.between(0, left.length - 1), 1)[0]);
}

/** A page or a script as the changed site has it. */
export function mutateText(kind: "html" | "script", text: string, mutations: readonly Mutation[]): string {
  const renamed = mutations.reduce((now, mutation) => {
    if (mutation.kind === "rename name") return replaceWord(now, mutation.name, mutation.to);
    // A site that renames a key has a script that knows the new one.
    if (mutation.kind === "rename key" && kind === "script") return replaceWord(now, mutation.key, mutation.to);
    return now;
  }, text);
  const rebuilt = mutations.flatMap((mutation) =>
    mutation.kind === "drop element" || mutation.kind === "duplicate element" || mutation.kind === "reorder elements"
      ? [mutation]
      : [],
  );
  if (kind === "script" || rebuilt.length === 0) return renamed;
  return renamed.replace(/<head>/, `<head><script>(${rebuild})(${JSON.stringify(rebuilt)})</script>`);
}

function replaceWord(text: string, word: string, by: string): string {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w-])${escaped}(?![\\w-]*[\\w])`, "g"), by);
}

/** Runs in the page, before anything else: rebuilds elements as they come, those of scripts too. */
function rebuild(mutations: { kind: string; name: string }[]): void {
  const met = new WeakSet<Element>();
  const selectorOf = (name: string) =>
    ["id", "class", "name", "data-testid", "data-test-id", "aria-label"]
      .flatMap((attribute) => [
        `[${attribute}="${name}"]`,
        ...(attribute === "class" ? [`[class~="${name}"]`] : [`[${attribute}^="${name}"]`]),
      ])
      .join(", ");
  const meet = () => {
    for (const { kind, name } of mutations)
      for (const element of document.querySelectorAll(selectorOf(name))) {
        if (met.has(element)) continue;
        met.add(element);
        if (kind === "drop element") element.remove();
        else if (kind === "duplicate element") {
          const twin = element.cloneNode(true) as Element;
          met.add(twin);
          element.after(twin);
        } else element.append(...[...element.children].reverse());
      }
  };
  new MutationObserver(meet).observe(document, { childList: true, subtree: true });
}
