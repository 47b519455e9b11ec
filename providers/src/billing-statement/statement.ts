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
