import type { StoredHole } from "@passage/protocol/reads/declaration";

/** The text that a hole stands for in what the site has stored; undefined where there is none. */
export function storedText({ at }: StoredHole["$stored"], stored: string | null): string | undefined {
  if (stored === null || stored === "") return undefined;
  if (!at) return stored;
  const found = at.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : null),
    parsed(stored),
  );
  return typeof found === "string" && found !== "" ? found : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
