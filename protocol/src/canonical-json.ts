/**
 * JSON with the keys of each object sorted and no spaces, so that equal values are equal texts (RFC 8785 for what we write:
 * texts, whole numbers, booleans, null, lists and objects).
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
