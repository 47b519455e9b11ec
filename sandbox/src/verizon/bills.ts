import { billingCyclesOf, dollars } from "../billing-cycles.ts";
import type { ScenarioUser } from "../users.ts";

/** The answer to `bill_history`: every cycle at once, without an id and without a due date. */
export function billHistory(user: ScenarioUser) {
  const billCycle = billingCyclesOf(user).map(({ from, to, charges }) => ({
    billEndDate: usDate(to),
    billAmount: dollars(charges),
    billCycleRange: `${usDate(from)} - ${usDate(to)}`,
  }));
  return { body: { billingHistory: { billCycle } } };
}

/** `11/04/2026` */
function usDate(date: string): string {
  const [year, month, day] = date.split("-");
  return `${month}/${day}/${year}`;
}
