import { usDay } from "@passage/providers/dates";
import { operation } from "@passage/providers/define";
import { failure } from "@passage/providers/failure";
import { date, dates, list, money, within } from "@passage/providers/reads/leaf";
import { newest, reads, request } from "@passage/providers/reads/read";
import { signIn } from "@passage/providers/steps/sign-in";
import { place, steps } from "@passage/providers/steps/step";
import * as z from "zod";
import {
  newestFirst,
  type Statement,
  statementArguments,
  statementResult,
} from "../resources/billing-statement/statement.ts";
import { signInOrigins, signInPages, siteOrigins } from "./pages.ts";

const on = "https://www.verizon.com/digital/nsa/secure/ui/bill/history/";
const history = place(on);
const cycle = z.object({ billEndDate: date(), billAmount: money(), billCycleRange: dates() });

const billing = reads({
  bills: request({
    what: "your bills: period and amount",
    on,
    get: "/digital/nsa/secure/gw/bill/billpaymenthistory/bill_history",
    headers: { channelid: "VZW-DOTCOM" },
    newest: { rows: "body.billingHistory.billCycle[]", by: "billEndDate" },
    // The site returns all cycles at once, so that a limit saves no request.
    data: within("body", within("billingHistory", within("billCycle", list(cycle, 120)))),
  }),
});

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
    reads: billing,
    steps: steps({ ...signInPages.steps, history }),
    says: [...signInPages.says, "Reading your bills", "Done", "Your bills were read"],
    evidence: "documented",
  },
  async run(page, args) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your bills", progress: 0.6 });
    await page.go(history);
    const { billCycle } = (await page.read(newest(billing.bills, args.limit))).body.billingHistory;
    await page.updateStatus({ heading: "Done", subheading: "Your bills were read", progress: 1 });
    return { billing: newestFirst(billCycle.map(toStatement), args.limit) };
  },
});

/** The site gives a cycle no id, so its end is one; and no due date, so none is guessed. */
function toStatement({ billEndDate, billAmount, billCycleRange: [start, end] }: z.infer<typeof cycle>): Statement {
  if (billEndDate !== end)
    throw failure("schema_drift", "A Verizon bill ends on two days.", {
      expected: "billEndDate as the end of billCycleRange",
      seen: "another day",
    });
  const periodEnd = usDay(end);
  return {
    statementId: periodEnd,
    periodStart: usDay(start),
    periodEnd,
    amountDue: Number(billAmount),
    currency: "USD",
  };
}
