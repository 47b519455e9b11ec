import * as z from "zod";
import { newestFirst, type Statement, statementArguments, statementResult } from "../billing-statement/statement.ts";
import { usDate } from "../dates.ts";
import { operation } from "../define.ts";
import { failure } from "../failure.ts";
import { parseAmount } from "../money.ts";
import { signIn } from "../sign-in.ts";
import { pageCall } from "../site-data.ts";
import { signInOrigins, signInPages, siteOrigins } from "./pages.ts";

const cycle = z.object({ billEndDate: z.string(), billAmount: z.string(), billCycleRange: z.string() });

export const mobileBillingStatementRead = operation({
  resource: "mobileBillingStatement",
  action: "read",
  description: "Your phone bills: period and amount of each",
  arguments: statementArguments,
  result: statementResult,
  sample: {
    billing: [
      {
        statementId: "11/04/2026",
        periodStart: "10/05/2026",
        periodEnd: "11/04/2026",
        amountDue: 85,
        currency: "USD",
      },
    ],
  },
  manifest: {
    origins: siteOrigins,
    signIn: signInOrigins,
    commands: ["fetchInPage"],
    evidence: "documented",
  },
  async run(page, args) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your bills", progress: 0.6 });
    await page.navigate({ url: page.siteUrl("https://www.verizon.com/digital/nsa/secure/ui/bill/history/") });
    // The site answers all cycles at once: there is no page to leave out.
    const cycles = await pageCall(
      page,
      "Verizon's bill history",
      {
        url: "/digital/nsa/secure/gw/bill/billpaymenthistory/bill_history",
        path: "body.billingHistory.billCycle[].{billEndDate,billAmount,billCycleRange}",
      },
      z.array(cycle),
    );
    await page.updateStatus({ heading: "Done", subheading: "Your bills were read", progress: 1 });
    return { billing: newestFirst(cycles.map(toStatement), args.limit) };
  },
});

/** The site gives a cycle no id, so its end is one; and no due date, so none is guessed. */
function toStatement({ billEndDate, billAmount, billCycleRange }: z.infer<typeof cycle>): Statement {
  const [periodStart, periodEnd] = billCycleRange.split(" - ").map(usDate);
  const statementId = usDate(billEndDate);
  const amountDue = parseAmount(billAmount);
  if (!periodStart || !periodEnd || statementId !== periodEnd || amountDue === null)
    throw failure("schema_drift", "A Verizon bill has a date or an amount in an unknown spelling.", {
      expected: "billCycleRange as 10/05/2026 - 11/04/2026, with billEndDate its end, and billAmount as $85.00",
      seen: "another spelling of one of them",
    });
  return { statementId, periodStart, periodEnd, amountDue, currency: "USD" };
}
