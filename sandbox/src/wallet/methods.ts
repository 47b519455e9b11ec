import type { ScenarioUser } from "../users.ts";

/** A saved payment method as the site's list names it. No public source has these keys: they are the sandbox's own. */
export type PaymentMethod = {
  paymentMethodId: string;
  type: "CREDIT_CARD" | "DEBIT_CARD" | "BANK_ACCOUNT";
  brand: string | null;
  lastFour: string;
  /** MM/YY; null for a bank account. */
  expirationDate: string | null;
  nickName: string | null;
  isDefault: boolean;
  billingZip: string | null;
  billingAddress: { line1: string; line2?: string; city: string; state: string; country?: string } | null;
};

const visa: PaymentMethod = {
  paymentMethodId: "pm_1001",
  type: "CREDIT_CARD",
  brand: "Visa",
  lastFour: "1881",
  expirationDate: "08/29",
  nickName: "Everyday card",
  isDefault: true,
  billingZip: "98101",
  billingAddress: { line1: "500 Pine St", city: "Seattle", state: "WA" },
};
const debit: PaymentMethod = {
  ...visa,
  paymentMethodId: "pm_1002",
  type: "DEBIT_CARD",
  brand: "Mastercard",
  lastFour: "5100",
  expirationDate: "02/28",
  nickName: null,
  isDefault: false,
};
const bank: PaymentMethod = {
  ...debit,
  paymentMethodId: "pm_1003",
  type: "BANK_ACCOUNT",
  brand: null,
  lastFour: "6789",
  expirationDate: null,
  nickName: "Checking",
  billingZip: null,
  billingAddress: null,
};

const wallets: Record<ScenarioUser["wallet"], PaymentMethod[]> = {
  two_cards: [visa, debit],
  mixed: [visa, debit, bank],
  expired: [{ ...visa, paymentMethodId: "pm_1004", lastFour: "0341", expirationDate: "03/24" }],
  none: [],
};

export function startingMethods(user: ScenarioUser): PaymentMethod[] {
  return wallets[user.wallet];
}
