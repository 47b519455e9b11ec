import {
  newestFirst,
  type Statement,
  sampleStatement,
  statementArguments,
  statementResult,
} from "../billing-statement/statement.ts";
import { usDate } from "../dates.ts";
import { operation } from "../define.ts";
import { failure } from "../failure.ts";
import { parseAmount } from "../money.ts";
import { signIn } from "../sign-in.ts";
import { type Bill, type CurrentBill, readBilling } from "./billing-calls.ts";
import { signInOrigins, signInPages, siteOrigins } from "./pages.ts";

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
    commands: ["fetchInPage", "waitForResponse"],
    evidence: "documented",
  },
  async run(page, args) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your bills", progress: 0.6 });
    await page.navigate({ url: page.siteUrl("https://www.t-mobile.com/bill/summary") });
    const { bills, current } = await readBilling(page);
    const [newest, ...older] = newestFirst(bills.map(toStatement), args.limit);
    const billing = newest ? [withDue(newest, current), ...older] : [];
    await page.updateStatus({ heading: "Done", subheading: "Your bills were read", progress: 1 });
    return { billing };
  },
});

function toStatement(bill: Bill): Statement {
  const periodStart = usDate(bill.startTime);
  const periodEnd = usDate(bill.endTime);
  const amountDue = parseAmount(bill.currentCharges);
  if (!periodStart || !periodEnd || amountDue === null)
    throw failure("schema_drift", "A T-Mobile bill has a date or an amount in an unknown spelling.", {
      expected: "startTime and endTime as 2026-11-04, currentCharges as $85.00",
      seen: "another spelling of one of them",
    });
  return { statementId: bill.statementId, periodStart, periodEnd, amountDue, currency: "USD" };
}

/** Only the newest bill knows its due date and what is still unpaid; older ones show what the cycle cost. */
function withDue(bill: Statement, current: CurrentBill): Statement {
  const told = current.currentBillDueAmount;
  // A whole number has no unit of its own; the cycle's charges say that it is dollars.
  const amountDue = parseAmount(told) ?? (Number(told) === bill.amountDue ? bill.amountDue : null);
  const dueDate = usDate(current.dueDate);
  if (amountDue === null || (!dueDate && amountDue !== 0))
    throw failure("schema_drift", "T-Mobile's current bill has a due date or an amount in an unknown spelling.", {
      expected: "dueDate as 2026-11-27, currentBillDueAmount as 85.00",
      seen: "another spelling of one of them",
    });
  const { periodStart, periodEnd, statementId } = bill;
  return { statementId, periodStart, periodEnd, ...(dueDate && { dueDate }), amountDue, currency: bill.currency };
}
