import * as z from "zod";
import { type Statement, statementArguments, statementResult } from "../billing-statement/statement.ts";
import { usDate } from "../dates.ts";
import { operation } from "../define.ts";
import { failure } from "../failure.ts";
import { parseAmount } from "../money.ts";
import { signIn } from "../sign-in.ts";
import { siteAnswerMs, siteData } from "../site-data.ts";
import { signInOrigins, signInPages, siteOrigins } from "./pages.ts";

const cycle = z.object({ billEndDate: z.string(), billAmount: z.string(), billCycleRange: z.string() });

export const mobileBillingStatementRead = operation({
  resource: "mobileBillingStatement",
  action: "read",
  description: "Your phone bills: period and amount of each",
  arguments: statementArguments,
  result: statementResult,
  manifest: {
    origins: siteOrigins,
    signIn: signInOrigins,
    evidence: "documented",
  },
  async run(page, args) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your bills", progress: 0.6 });
    await page.navigate({ url: page.siteUrl("https://www.verizon.com/digital/nsa/secure/ui/bill/history/") });
    // The site answers all cycles at once: there is no page to leave out.
    const asked = page.extract({
      from: "response",
      url: "/gw/bill/billpaymenthistory/bill_history",
      path: "body.billingHistory.billCycle[].{billEndDate,billAmount,billCycleRange}",
      timeout: siteAnswerMs,
    });
    const cycles = await siteData(
      "Verizon's bill history",
      asked.then(({ data }) => data),
      z.array(cycle),
    );
    await page.updateStatus({ heading: "Done", subheading: "Your bills were read", progress: 1 });
    return { billing: cycles.slice(0, args.limit).map(toStatement) };
  },
});

/** The site gives a cycle no id, so its end is one; and no due date, so none is guessed. */
function toStatement({ billEndDate, billAmount, billCycleRange }: z.infer<typeof cycle>): Statement {
  const [periodStart, periodEnd] = billCycleRange.split(" - ").map(usDate);
  const statementId = usDate(billEndDate);
  const amountDue = parseAmount(billAmount);
  if (!periodStart || !periodEnd || !statementId || amountDue === null)
    throw failure("schema_drift", "A Verizon bill has a date or an amount in an unknown spelling.");
  return { statementId, periodStart, periodEnd, amountDue, currency: "USD" };
}
