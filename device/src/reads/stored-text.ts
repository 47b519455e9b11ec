import type { StoredHole } from "@passage/protocol/reads/declaration";

/** A longer text is no token, and servers refuse a header of that size. */
const mostCharacters = 8_192;

/** The text that a hole stands for in what the site has stored; undefined where there is none, and for one that is too long. */
export function storedText({ at }: StoredHole["$stored"], stored: string | null): string | undefined {
  // A page that shares the script's world may return anything.
  const text = at ? textWithin(at, stored) : stored;
  return typeof text === "string" && text !== "" && text.length <= mostCharacters ? text : undefined;
}

function textWithin(at: readonly string[], stored: string | null): unknown {
  return at.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : null,
    parsed(stored),
  );
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}
