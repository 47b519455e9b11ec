import { failure } from "@passage/automation/failure";

/**
 * Each row once, in the site's order: a row that a page repeats word for word is one.
 * @throws schema_drift where two rows of one id differ.
 */
export function withoutRepeats<Row>(what: string, rows: readonly Row[], idOf: (row: Row) => string): Row[] {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const known = byId.get(idOf(row));
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(row))
      throw failure("schema_drift", `${what} has two rows of one id.`, {
        expected: "an id a row",
        seen: "two that differ",
      });
    byId.set(idOf(row), row);
  }
  return [...byId.values()];
}

/**
 * The rows as they are: where none has an id, a row that comes twice word for word would be counted twice.
 * @throws schema_drift where one does
 */
export function demandNoRepeats(what: string, rows: readonly unknown[]): void {
  const different = new Set(rows.map((row) => JSON.stringify(row))).size;
  if (different < rows.length)
    throw failure("schema_drift", `${what} repeat themselves.`, {
      expected: `${rows.length} different rows`,
      seen: `${different}`,
    });
}
