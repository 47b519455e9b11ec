const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A date as the vendor's results show it, `MM/DD/YYYY`, from `2026-11-02`, `2026-11-02T…`, `11/02/2026` or `Nov 2, 2026`.
 * The calendar date as written: no time zone is applied. Undefined when it is not a date.
 */
export function usDate(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/.exec(value);
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
  const long = /^([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4})$/.exec(value);
  if (iso) return written(iso[1], iso[2], iso[3]);
  if (us) return written(us[3], us[1], us[2]);
  return long ? written(long[3], String(months.indexOf(long[1] ?? "") + 1), long[2]) : undefined;
}

/** A date as a read writes it, `2026-11-02`, as the vendor's results show it: `11/02/2026`. */
export function usDay(date: string): string {
  return `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`;
}

/** A period as pages write it where they leave out the year: `Jul 23 - Aug 22`. Null when a date is none. */
export function yearlessPeriod(start: unknown, end: unknown): string | null {
  const [from, to] = [usDate(start), usDate(end)].map((date) => {
    const [month, day] = date?.split("/") ?? [];
    return month && `${months[Number(month) - 1]} ${Number(day)}`;
  });
  return from && to ? `${from} - ${to}` : null;
}

/** A time as a read writes it, `2026-11-02T17:30:00Z`, as results show it: `2026-11-02T17:30:00.000Z`. */
export function shownTime(time: string): string {
  return `${time.slice(0, -1)}.000Z`;
}

function written(year = "", month = "", day = ""): string | undefined {
  if (+month < 1 || +month > 12 || +day < 1 || +day > 31) return undefined;
  return `${month.padStart(2, "0")}/${day.padStart(2, "0")}/${year}`;
}
