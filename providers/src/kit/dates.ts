const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A date as a read writes it, `2026-11-02`, as the vendor's results show it: `11/02/2026`. */
export function usDay(date: string): string {
  return `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`;
}

/** A period between two dates as reads write them, as pages write it where they leave out the year: `Jul 23 - Aug 22`. */
export function yearlessPeriod(start: string, end: string): string {
  return [start, end].map((date) => `${months[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(8))}`).join(" - ");
}

/** A time as a read writes it, `2026-11-02T17:30:00Z`, as results show it: `2026-11-02T17:30:00.000Z`. */
export function shownTime(time: string): string {
  return `${time.slice(0, -1)}.000Z`;
}
