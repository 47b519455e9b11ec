import type { ScenarioUser } from "./users.ts";

/** One month of an account. Dates without a time, as `2026-11-04`. */
export type BillingCycle = {
  /** 0 is the newest. */
  age: number;
  from: string;
  to: string;
  issued: string;
  due: string;
  charges: number;
};

const chargesNewestFirst = [85, 85, 92.13, 85, 1042.17, 118.4, 85, 85, 79.99, 85, 85.5, 85, 85, 60];
const newestCycle = { year: 2026, month: 11 };

/** The account's months, newest first. The dates are fixed, so that a test can name them. */
export function billingCyclesOf(user: ScenarioUser): BillingCycle[] {
  return Array.from({ length: user.billCount }, (_, age) => ({
    age,
    from: cycleDate(age + 1, 5),
    to: cycleDate(age, 4),
    issued: cycleDate(age, 6),
    due: cycleDate(age, 27),
    charges: chargesNewestFirst[age % chargesNewestFirst.length] ?? 0,
  }));
}

/** `$1,042.17` */
export function dollars(amount: number): string {
  return amount.toLocaleString("en-US", { style: "currency", currency: "USD" });
}

/** The numbers of the account's lines, ten digits each. */
export function linesOf(user: ScenarioUser): string[] {
  return Array.from({ length: user.lineCount }, (_, index) => `42555501${String(index * 7).padStart(2, "0")}`);
}

function cycleDate(monthsAgo: number, day: number): string {
  return new Date(Date.UTC(newestCycle.year, newestCycle.month - 1 - monthsAgo, day)).toISOString().slice(0, 10);
}
