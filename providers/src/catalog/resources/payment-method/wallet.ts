import type { Page } from "@passage/providers/page";
import { boolean, expiry, id, last4, list, postcode, text, textOrNull, within } from "@passage/providers/reads/leaf";
import { request } from "@passage/providers/reads/read";
import { withoutRepeats } from "@passage/providers/repeats";
import type { DeclaredSignIn } from "@passage/providers/steps/sign-in";
import * as z from "zod";
import type { PaymentMethod } from "./method.ts";

/** Where a site keeps its saved payment methods. No public source says; these addresses are the sandbox's. */
export interface Wallet {
  readonly signIn: DeclaredSignIn;
  /** The page that lists them. */
  readonly page: `https://${string}`;
  /** The page with the card form. */
  readonly add: `https://${string}`;
  /** The path of the page's own call for the list. */
  readonly list: string;
}

/** A house or a post box may have six digits. */
const addressLine = () => text(100, { digits: true });
/** Every key must be there, though its value may be null: one that is missing was renamed. */
const listed = z.object({
  paymentMethodId: id(),
  type: z.enum(["CREDIT_CARD", "DEBIT_CARD", "BANK_ACCOUNT"]),
  brand: textOrNull(30),
  lastFour: last4(),
  expirationDate: expiry().nullable(),
  nickName: textOrNull(60),
  isDefault: boolean(),
  billingZip: postcode().nullable(),
  billingAddress: z
    .object({
      line1: addressLine(),
      line2: addressLine().optional(),
      city: text(60),
      state: text(60),
      country: text(60).optional(),
    })
    .nullable(),
});

/** The wallet's list with this of each method. `what` says for people what leaves. */
export function walletList<Method extends z.ZodType>(wallet: Wallet, what: string, method: Method) {
  const data = within("paymentMethods", list(method, 100));
  return request({ what, on: wallet.page, get: wallet.list, data });
}

/** All that the result says about the saved payment methods. */
export function walletRead(wallet: Wallet) {
  const what = "your saved payment methods: kind, last four digits, expiry, name and billing address of each";
  return walletList(wallet, what, listed);
}

/** What is in the wallet, in the site's order. Its page is open. */
export async function readWallet(page: Page, read: ReturnType<typeof walletRead>): Promise<PaymentMethod[]> {
  const { paymentMethods } = await page.read(read);
  return withoutRepeats(read.what, paymentMethods, ({ paymentMethodId }) => paymentMethodId).map(toPaymentMethod);
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
