import * as z from "zod";
import type { Page } from "../page.ts";
import { withoutRepeats } from "../repeats.ts";
import type { SignInPages } from "../sign-in.ts";
import { answered, siteAnswerMs, siteData } from "../site-data.ts";
import { billingAddress, type PaymentMethod } from "./method.ts";

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
  type: z.enum(["CREDIT_CARD", "DEBIT_CARD", "BANK_ACCOUNT"]),
  brand: z.string().nullable(),
  lastFour: z.string().regex(/^\d{4}$/),
  expirationDate: z
    .string()
    .regex(/^(0[1-9]|1[0-2])\/\d{2}$/)
    .nullable(),
  nickName: z.string().nullable(),
  isDefault: z.boolean(),
  billingZip: z.string().nullable(),
  billingAddress: billingAddress.nullable(),
});
/** Every key must be there, though its value may be null: one that is missing was renamed. */
const wanted = `paymentMethods[].{${Object.keys(listed.shape).join(",")}}`;

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
  return withoutRepeats(what, methods, ({ paymentMethodId }) => paymentMethodId).map(toPaymentMethod);
}

const types = { CREDIT_CARD: "credit_card", DEBIT_CARD: "debit_card", BANK_ACCOUNT: "bank_account" } as const;

function toPaymentMethod(raw: z.infer<typeof listed>, index: number): PaymentMethod {
  const { brand, expirationDate, nickName, billingZip, billingAddress: address } = raw;
  return {
    order: index + 1,
    vendorId: raw.paymentMethodId,
    last4: raw.lastFour,
    type: types[raw.type],
    isDefault: raw.isDefault,
    ...(brand && { brand }),
    ...(expirationDate && { expirationDate }),
    ...(nickName && { nickname: nickName }),
    ...(billingZip && { billingZip }),
    ...(address && { billingAddress: address }),
    raw,
  };
}
