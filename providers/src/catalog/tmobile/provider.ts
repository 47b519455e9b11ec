import { defineProvider } from "@passage/providers/define";
import { accountRead } from "../resources/account/account.read.ts";
import { paymentMethodRead } from "../resources/payment-method/payment-method.read.ts";
import { paymentMethodWrite } from "../resources/payment-method/payment-method.write.ts";
import { mobileBillingStatementRead } from "./mobile-billing-statement.read.ts";
import * as pages from "./pages.ts";

export const tmobile = defineProvider({
  id: "tmobile",
  name: "T-Mobile",
  version: 8,
  site: "https://www.t-mobile.com",
  operations: [paymentMethodRead(pages), paymentMethodWrite(pages), mobileBillingStatementRead, accountRead(pages)],
});
