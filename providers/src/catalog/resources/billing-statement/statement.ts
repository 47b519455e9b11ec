import { failure } from "@passage/providers/failure";
import * as z from "zod";

/** Arguments and result of `mobileBillingStatement.read`, as documented. Dates are `MM/DD/YYYY`. */
export const statementArguments = z.object({
  limit: z.number().int("must be a positive integer").positive("must be a positive integer").optional(),
});

export const statement = z.object({
  statementId: z.string().optional(),
  periodStart: z.string(),
  periodEnd: z.string().optional(),
  dueDate: z.string().optional(),
  amountDue: z.number(),
  currency: z.string(),
});
export type Statement = z.infer<typeof statement>;

export const statementResult = z.object({ billing: z.array(statement) });

/** A bill as a sample shows it, where the site tells all of it. */
export const sampleStatement: Statement = {
  statementId: "418",
  periodStart: "10/05/2026",
  periodEnd: "11/04/2026",
  dueDate: "11/27/2026",
  amountDue: 85,
  currency: "USD",
};

/**
 * Newest first, each period once, and no more than the limit: whatever order the site has.
 * @throws schema_drift where a period ends before it begins, or is told twice with different words.
 */
export function newestFirst(bills: readonly Statement[], limit?: number): Statement[] {
  const byPeriod = new Map<string, Statement>();
  for (const bill of bills) {
    const [start, end] = [sortable(bill.periodStart), sortable(bill.periodEnd ?? bill.periodStart)];
    const known = byPeriod.get(start);
    if (start > end)
      throw failure("schema_drift", "A bill's period ends before it begins.", {
        expected: "periodStart before periodEnd",
        seen: "the reverse",
      });
    if (known && JSON.stringify(known) !== JSON.stringify(bill))
      throw failure("schema_drift", "Two bills have the same period.", {
        expected: "one bill a period",
        seen: "two that differ",
      });
    byPeriod.set(start, bill);
  }
  const sorted = [...byPeriod].sort(([one], [other]) => (one < other ? 1 : -1)).map(([, bill]) => bill);
  return sorted.slice(0, limit);
}

/** `11/04/2026` as `20261104`. */
function sortable(date: string): string {
  return date.slice(6) + date.slice(0, 2) + date.slice(3, 5);
}
