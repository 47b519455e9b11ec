import { usDay } from "@passage/providers/dates";
import { operation } from "@passage/providers/define";
import { signIn } from "@passage/providers/steps/sign-in";
import { steps } from "@passage/providers/steps/step";
import {
  newestFirst,
  type Statement,
  sampleStatement,
  statementArguments,
  statementResult,
} from "../resources/billing-statement/statement.ts";
import { type Bill, billing, goToBills, historySteps, readBillHistory } from "./bill-history.ts";
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
    reads: billing,
    steps: steps({ ...signInPages.steps, ...historySteps }),
    says: [...signInPages.says, "Reading your bills", "Done", "Your bills were read"],
    evidence: "documented",
  },
  async run(page, args) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your bills", progress: 0.6 });
    await goToBills(page);
    const history = await readBillHistory(page, args.limit);
    const [newest, ...older] = newestFirst(history?.bills.map(toStatement) ?? [], args.limit);
    const told = newest && history ? [{ ...newest, dueDate: history.dueDate }, ...older] : [];
    await page.updateStatus({ heading: "Done", subheading: "Your bills were read", progress: 1 });
    return { billing: told };
  },
});

function toStatement({ statementId, cycleStartDate, cycleEndDate, amount }: Bill): Statement {
  const [periodStart, periodEnd] = [usDay(cycleStartDate), usDay(cycleEndDate)];
  return { statementId, periodStart, periodEnd, amountDue: Number(amount), currency: "USD" };
}
