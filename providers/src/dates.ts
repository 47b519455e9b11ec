/**
 * A date as the vendor's results show it, `MM/DD/YYYY`, from `2026-11-02`, `2026-11-02T…` or `11/02/2026`.
 * The calendar date as written: no time zone is applied. Undefined when it is not a date.
 */
export function usDate(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/.exec(value);
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : us ? [us[3], us[1], us[2]] : [];
  if (!year || !month || !day || +month < 1 || +month > 12 || +day < 1 || +day > 31) return undefined;
  return `${month.padStart(2, "0")}/${day.padStart(2, "0")}/${year}`;
}
