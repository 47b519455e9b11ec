import * as z from "zod";
import type { Page } from "../page.ts";
import type { SignInPages } from "../sign-in.ts";
import { answered, siteAnswerMs, siteData } from "../site-data.ts";
import type { PaymentMethod } from "./method.ts";

/** Where a site keeps its saved payment methods. No public source says; these addresses are the sandbox's. */
export interface Wallet {
  readonly signIn: SignInPages;
  /** The page that lists them. */
  readonly page: string;
  /** The page with the card form. */
  readonly add: string;
  /** The path of the page's own call for the list. */
  readonly list: string;
}

const listed = z.object({
  paymentMethodId: z.string(),
  type: z.string(),
  brand: z.string().nullable(),
  lastFour: z.string().regex(/^\d{4}$/),
  expirationDate: z.string().nullable(),
  nickName: z.string().nullable(),
  isDefault: z.boolean(),
  billingZip: z.string().nullable(),
  billingAddress: z.record(z.string(), z.unknown()).nullable(),
});
const wanted = `paymentMethods[].{${Object.entries(listed.shape)
  .map(([key, shape]) => (shape instanceof z.ZodNullable ? `${key}?` : key))
  .join(",")}}`;

/** Opens the wallet and reads what is in it, in the site's order. */
export async function readWallet(page: Page, wallet: Wallet): Promise<PaymentMethod[]> {
  const what = `${wallet.signIn.name}'s list of payment methods`;
  await page.navigate({ url: page.siteUrl(wallet.page) });
  const asked = page.fetchInPage({ url: wallet.list, path: wanted, timeout: siteAnswerMs });
  const methods = await siteData(
    what,
    asked.then((answer) => answered(what, answer)),
    z.array(listed),
  );
  return methods.map(toPaymentMethod);
}

const types: Readonly<Record<string, PaymentMethod["type"]>> = {
  CREDIT_CARD: "credit_card",
  DEBIT_CARD: "debit_card",
  BANK_ACCOUNT: "bank_account",
};

function toPaymentMethod(raw: z.infer<typeof listed>, index: number): PaymentMethod {
  const { brand, expirationDate, nickName, billingZip, billingAddress } = raw;
  return {
    order: index + 1,
    vendorId: raw.paymentMethodId,
    last4: raw.lastFour,
    type: types[raw.type] ?? "other",
    isDefault: raw.isDefault,
    ...(brand && { brand }),
    ...(expirationDate && { expirationDate }),
    ...(nickName && { nickname: nickName }),
    ...(billingZip && { billingZip }),
    ...(billingAddress && { billingAddress }),
    raw,
  };
}
