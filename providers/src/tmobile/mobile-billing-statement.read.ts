import { type Statement, statementArguments, statementResult } from "../billing-statement/statement.ts";
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
    const billing = bills.slice(0, args.limit).map((bill, index) => toStatement(bill, index === 0 ? current : null));
    await page.updateStatus({ heading: "Done", subheading: "Your bills were read", progress: 1 });
    return { billing };
  },
});

/** Only the newest bill knows its due date and what is still unpaid; older ones show what the cycle cost. */
function toStatement(bill: Bill, current: CurrentBill | null): Statement {
  const periodStart = usDate(bill.startTime);
  const periodEnd = usDate(bill.endTime);
  const dueDate = usDate(current?.dueDate);
  const amountDue = parseAmount(current?.currentBillDueAmount) ?? parseAmount(bill.currentCharges);
  const statementId = bill.statementId ?? bill.documentId;
  if (!periodStart || amountDue === null)
    throw failure("schema_drift", "A T-Mobile bill has a date or an amount in an unknown spelling.");
  return {
    ...(statementId && { statementId }),
    periodStart,
    ...(periodEnd && { periodEnd }),
    ...(dueDate && { dueDate }),
    amountDue,
    currency: "USD",
  };
}
