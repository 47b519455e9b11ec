import * as z from "zod";

/** The results of operations as the platform's own documentation publishes them: written from that, not from our schemas. */
const usDate = z.string().regex(/^\d{2}\/\d{2}\/\d{4}$/);
const last4 = z.string().regex(/^\d{4}$/);

const published: Readonly<Record<string, z.ZodType>> = {
  "paymentMethod:read": z.object({
    paymentMethods: z.array(
      z
        .object({
          order: z.number(),
          vendorId: z.string(),
          last4,
          type: z.enum(["credit_card", "debit_card", "bank_account", "other"]),
          isDefault: z.boolean(),
          brand: z.string().optional(),
          expirationDate: z.string().optional(),
          nickname: z.string().optional(),
          billingZip: z.string().optional(),
          billingAddress: z.looseObject({}).optional(),
        })
        .and(z.object({ raw: z.json() })),
    ),
  }),
  "paymentMethod:write": z.union([
    z.strictObject({
      dryRun: z.literal(true),
      card: z.strictObject({ last4, nickname: z.string().optional() }),
    }),
    z.strictObject({ success: z.literal(true), card: z.strictObject({ last4 }) }),
  ]),
  "mobileBillingStatement:read": z.strictObject({
    billing: z.array(
      z.strictObject({
        statementId: z.string().optional(),
        periodStart: usDate,
        periodEnd: usDate.optional(),
        dueDate: usDate.optional(),
        amountDue: z.number(),
        currency: z.string().length(3),
      }),
    ),
  }),
  "account:read": z.strictObject({
    accountId: z.string().regex(/^acct_[0-9a-z]{25}$/),
    holderName: z.string().optional(),
    memberSince: z.iso.date().optional(),
  }),
  "orderHistory:read": z.strictObject({ orderCount: z.number().int(), orders: z.json() }),
  "readHistory:read": z.strictObject({
    history: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        source: z.string(),
        duration: z.number(),
        readAt: z.string(),
      }),
    ),
  }),
};

export interface Outcome {
  readonly resource: string;
  readonly action: string;
  readonly data: unknown;
}

/** Fails where an operation's data is not of its published type. */
export function demandPublished({ resource, action, data }: Outcome): void {
  const type = published[`${resource}:${action}`];
  if (!type) throw new Error(`No type is published for ${resource}:${action}.`);
  const { error } = type.safeParse(data);
  if (error) throw new Error(`The result of ${resource}:${action} is not as published: ${z.prettifyError(error)}`);
}
