import { usDay } from "@passage/providers/dates";
import { operation } from "@passage/providers/define";
import { failure } from "@passage/providers/failure";
import { signIn } from "@passage/providers/steps/sign-in";
import { place, steps } from "@passage/providers/steps/step";
import {
  newestFirst,
  type Statement,
  sampleStatement,
  statementArguments,
  statementResult,
} from "../resources/billing-statement/statement.ts";
import { type Bill, billing, type CurrentBill, readBilling } from "./billing.ts";
import { signInOrigins, signInPages, siteOrigins } from "./pages.ts";

const summary = place("https://www.t-mobile.com/bill/summary");

export const mobileBillingStatementRead = operation({
  resource: "mobileBillingStatement",
  action: "read",
  description: "Your phone bills: period, amount and due date of each",
  arguments: statementArguments,
  result: statementResult,
  sample: { billing: [sampleStatement] },
  manifest: {
    origins: siteOrigins,
    signIn: signInOrigins,
    reads: billing,
    steps: steps({ ...signInPages.steps, summary }),
    says: [...signInPages.says, "Reading your bills", "Done", "Your bills were read"],
    evidence: "documented",
  },
  async run(page, args) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your bills", progress: 0.6 });
    await page.go(summary);
    const { bills, current } = await readBilling(page, args.limit);
    const [newest, ...older] = newestFirst(bills.map(toStatement), args.limit);
    const told = newest ? [withDue(newest, current), ...older] : [];
    await page.updateStatus({ heading: "Done", subheading: "Your bills were read", progress: 1 });
    return { billing: told };
  },
});

function toStatement({ startTime, endTime, statementId, currentCharges }: Bill): Statement {
  const amountDue = Number(currentCharges);
  return { statementId, periodStart: usDay(startTime), periodEnd: usDay(endTime), amountDue, currency: "USD" };
}

/** Only the newest bill knows its due date and what is still unpaid; older ones show what the cycle cost. */
function withDue(bill: Statement, { dueAmount, dueDate }: CurrentBill): Statement {
  // A whole number has no unit of its own; the cycle's charges say that it is dollars.
  const isTold = typeof dueAmount === "string" || dueAmount === 0 || dueAmount === bill.amountDue;
  const amountDue = Number(dueAmount);
  if (!isTold || (dueDate === null && amountDue !== 0))
    throw failure("schema_drift", "T-Mobile's current bill has no due date, or its amount is in an unknown unit.", {
      expected: "dueDate as 2026-11-27, currentBillDueAmount as 85.00",
      seen: "another spelling of one of them",
    });
  const { periodStart, periodEnd, statementId, currency } = bill;
  return {
    statementId,
    periodStart,
    periodEnd,
    ...(dueDate !== null && { dueDate: usDay(dueDate) }),
    amountDue,
    currency,
  };
}
