import type { NewestRows } from "@passage/protocol/reads/declaration";

export interface Newest extends NewestRows {
  readonly most: number;
}

/** Rows as the site has them, in a list or as the values of a map, and as they were written. */
interface Rows {
  readonly site: unknown[] | Record<string, unknown>;
  readonly written: readonly unknown[];
}

/**
 * Takes all rows out of the site's value but the newest, in whichever of the lists they are.
 * Rows of the same time stay together, so that the provider sees what the site says twice.
 * @param written what the shape has written of the value
 */
export function dropOlder(value: unknown, written: unknown, { rows, by, most }: Newest): void {
  const lists = rowsAt(value, written, rows.replaceAll("[]", ".[]").split(".").filter(Boolean));
  const timeOf = (row: unknown) => String(by.split(".").reduce<unknown>((one, key) => valueAt(one, key), row) ?? "");
  const times = [...new Set(lists.flatMap((list) => list.written.map(timeOf)))].sort().reverse();
  const oldest = times[most - 1];
  if (times.length <= most || oldest === undefined) return;
  for (const { site, written: all } of lists) {
    const stays = all.map((row) => timeOf(row) >= oldest);
    if (Array.isArray(site)) site.splice(0, site.length, ...site.filter((_, index) => stays[index]));
    else for (const [index, key] of Object.keys(site).entries()) if (!stays[index]) delete site[key];
  }
}

function rowsAt(site: unknown, written: unknown, [step, ...rest]: readonly string[]): Rows[] {
  if (step === undefined || typeof site !== "object" || site === null) return [];
  if (step !== "[]" && step !== "*") return rowsAt(valueAt(site, step), valueAt(written, step), rest);
  if (!Array.isArray(written)) return [];
  if (rest.length === 0) return [{ site: site as Rows["site"], written }];
  const items = Object.values(site);
  return written.flatMap((one, index) => rowsAt(items[index], one, rest));
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
