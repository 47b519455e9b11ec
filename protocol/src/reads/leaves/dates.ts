const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const fullMonths = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const clock = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$/;

/** How a date with slashes is read: month first, or day first. */
export type DateOrder = "mdy" | "dmy";

/**
 * The calendar date as written, as `YYYY-MM-DD`; no time zone is applied. Takes `2026-11-04`, `2026-11-04T…`, `11/4/2026`
 * and `Nov 4, 2026`. Undefined when it is not a day of the calendar from 1900 to 2099.
 */
export function writeDate(value: unknown, order: DateOrder = "mdy"): string | undefined {
  if (typeof value !== "string" || value.length > 64) return undefined;
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:T([\d:.]+)(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(value);
  if (iso) return iso[4] === undefined || isClock(iso[4]) ? written(iso[1], iso[2], iso[3]) : undefined;
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
  if (slashed && order === "dmy") return written(slashed[3], slashed[2], slashed[1]);
  if (slashed) return written(slashed[3], slashed[1], slashed[2]);
  const long = /^([A-Z][a-z]{2,8})\.? (\d{1,2}), (\d{4})$/.exec(value);
  return long ? written(long[3], String(monthOf(long[1] ?? "")), long[2]) : undefined;
}

/** Two dates in one text with ` - ` between them, or in a list. */
export function writeDates(value: unknown, order?: DateOrder): [string, string] | undefined {
  const parts: unknown[] = typeof value === "string" ? value.split(" - ") : Array.isArray(value) ? value : [];
  const [from, to] = parts.map((part) => writeDate(part, order));
  return parts.length === 2 && from && to ? [from, to] : undefined;
}

/** An ISO 8601 time with its zone, as UTC to the second: `2026-11-04T17:30:00Z`. */
export function writeTime(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 64) return undefined;
  const parts = /^(\d{4}-\d{2}-\d{2})T([\d:.]+)(?:Z|([+-])(\d{2}):?(\d{2}))$/.exec(value);
  const [, day = "", time = "", sign, zoneHours = "0", zoneMinutes = "0"] = parts ?? [];
  const date = writeDate(day);
  if (!date || !isClock(time) || +zoneHours > 23 || +zoneMinutes > 59) return undefined;
  const [, hours = "", minutes = "", seconds = "0"] = clock.exec(time) ?? [];
  const [year = 0, month = 0, dayOfMonth = 0] = date.split("-").map(Number);
  const offset = (+zoneHours * 60 + +zoneMinutes) * (sign === "-" ? -1 : 1);
  const utc = new Date(Date.UTC(year, month - 1, dayOfMonth, +hours, +minutes - offset, +seconds)).toISOString();
  return isYear(+utc.slice(0, 4)) ? `${utc.slice(0, 19)}Z` : undefined;
}

function isClock(text: string): boolean {
  const [, hours = "99", minutes = "99", seconds = "0"] = clock.exec(text) ?? [];
  return +hours <= 23 && +minutes <= 59 && +seconds <= 59;
}

function monthOf(name: string): number {
  const index = months.indexOf(name === "Sept" ? "Sep" : name);
  return (index < 0 ? fullMonths.indexOf(name) : index) + 1;
}

function written(year = "", month = "", day = ""): string | undefined {
  if (!isYear(+year) || +month < 1 || +month > 12) return undefined;
  if (+day < 1 || +day > daysIn(+year, +month)) return undefined;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** From 1900 to 2099. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && year !== 1900 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isYear(year: number): boolean {
  return year >= 1900 && year <= 2099;
}
