import { billingCyclesOf, dollars } from "../billing-cycles.ts";
import type { ScenarioUser } from "../users.ts";

export const accountNumber = "531900274418";

/** How many entries the history has before "See bill history" was chosen; about 16 on the real site. */
const recentEntries = 16;

/** The answer to `billandpaymenthistory`: bills and payments, newest first. No public source knows its amount key, so it has none. */
export function billAndPaymentHistory(user: ScenarioUser, all: boolean) {
  const entries = billingCyclesOf(user).flatMap((cycle) => [
    {
      type: "Bill",
      displayDate: longDate(cycle.issued),
      cycleStartDate: cycle.from,
      cycleEndDate: cycle.to,
      statementId: `${cycle.to.replaceAll("-", "")}${accountNumber.slice(-4)}`,
      invoiceIndex: String(cycle.age),
    },
    { type: "Payment", displayDate: longDate(cycle.due) },
  ]);
  const historyList = all ? entries : entries.slice(0, recentEntries);
  return { content: { accountNumber, billFound: entries.length > 0, historyList } };
}

/** What the bill page shows beside each bill: a period without a year, and the amount. */
export function billLabels(user: ScenarioUser) {
  return billingCyclesOf(user).map(({ from, to, charges }) => ({
    period: `${shortDate(from)} - ${shortDate(to)}`,
    amount: dollars(charges),
  }));
}

/** The balance card, about the newest bill only. */
export function balanceOf(user: ScenarioUser) {
  const current = billingCyclesOf(user)[0];
  return current ? { amount: dollars(current.charges), due: `Due ${longDate(current.due)}` } : null;
}

/** `Aug 22, 2026` */
function longDate(date: string): string {
  return `${shortDate(date)}, ${date.slice(0, 4)}`;
}

/** `Aug 22` */
function shortDate(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
}
