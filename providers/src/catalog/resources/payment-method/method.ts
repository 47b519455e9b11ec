import { sensitive } from "@passage/providers/sensitive";
import * as z from "zod";

/** Arguments and results of `paymentMethod`, as documented. */
export const billingAddress = z.object({
  line1: z.string().min(1),
  line2: z.string().optional(),
  city: z.string().min(1),
  state: z.string().min(1),
  country: z.string().optional(),
});

export const writeArguments = z.object({
  cardNumber: sensitive("the card number", z.string().regex(/^[\d -]{13,23}$/, "must be 13 to 19 digits")),
  expirationDate: z.string().regex(/^(0[1-9]|1[0-2])\/\d{2}$/, "must be MM/YY"),
  cvv: sensitive("the card's code", z.string().regex(/^\d{3,4}$/, "must be 3 or 4 digits")),
  nameOnCard: z.string().min(1),
  billingZip: z.string().min(1),
  billingAddress: billingAddress.optional(),
  dryRun: z.boolean().optional().describe("Fills the form and stops before the last button."),
});
export type WriteArguments = z.infer<typeof writeArguments>;

export const writeResult = z.union([
  z.object({ dryRun: z.literal(true), card: z.object({ last4: z.string(), nickname: z.string().optional() }) }),
  z.object({ success: z.literal(true), card: z.object({ last4: z.string() }) }),
]);

export const paymentMethod = z.object({
  order: z.number(),
  vendorId: z.string(),
  last4: z.string(),
  type: z.enum(["credit_card", "debit_card", "bank_account", "other"]),
  isDefault: z.boolean(),
  brand: z.string().optional(),
  expirationDate: z.string().optional(),
  nickname: z.string().optional(),
  billingZip: z.string().optional(),
  billingAddress: z.record(z.string(), z.unknown()).optional(),
  raw: z.unknown(),
});
export type PaymentMethod = z.infer<typeof paymentMethod>;

export const readResult = z.object({ paymentMethods: z.array(paymentMethod) });

/** A wallet as a sample shows it. */
export const sampleWallet: z.infer<typeof readResult> = {
  paymentMethods: [
    {
      order: 1,
      vendorId: "pm_4242",
      last4: "4242",
      type: "credit_card",
      isDefault: true,
      brand: "Visa",
      expirationDate: "08/29",
      billingZip: "98101",
      raw: {
        paymentMethodId: "pm_4242",
        type: "CREDIT_CARD",
        brand: "Visa",
        lastFour: "4242",
        expirationDate: "08/29",
        nickName: null,
        isDefault: true,
        billingZip: "98101",
        billingAddress: null,
      },
    },
  ],
};
