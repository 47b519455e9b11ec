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
import { signIn } from "../sign-in.ts";
import { type Bill, readBillHistory } from "./bill-history.ts";
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
    commands: ["fetchInPage"],
    evidence: "documented",
  },
  async run(page, args) {
    await signIn(page, signInPages);
    // An address typed by hand bounces to the home page: the way leads through the overview.
    await page.batch([
      ["updateStatus", { heading: "Reading your bills", progress: 0.6 }],
      ["navigate", { url: page.siteUrl("https://www.att.com/acctmgmt/overview") }],
      ["click", { selector: 'a[aria-label="Billing Icon"]' }],
    ]);
    const history = await readBillHistory(page, args.limit);
    const [newest, ...older] = newestFirst(history?.bills.map(toStatement) ?? [], args.limit);
    const billing = newest && history ? [{ ...newest, dueDate: history.dueDate }, ...older] : [];
    await page.updateStatus({ heading: "Done", subheading: "Your bills were read", progress: 1 });
    return { billing };
  },
});

function toStatement(bill: Bill): Statement {
  const periodStart = usDate(bill.cycleStartDate);
  const periodEnd = usDate(bill.cycleEndDate);
  if (!periodStart || !periodEnd || !bill.statementId)
    throw failure("schema_drift", "An AT&T bill has no id, or a date in an unknown spelling.", {
      expected: "a statementId, cycleStartDate and cycleEndDate as 2026-11-04",
      seen: "another spelling of one of them",
    });
  const { statementId, amount: amountDue } = bill;
  return { statementId, periodStart, periodEnd, amountDue, currency: "USD" };
}
