import { accountRead } from "../account/account.read.ts";
import { defineProvider } from "../define.ts";
import { paymentMethodRead } from "../payment-method/payment-method.read.ts";
import { paymentMethodWrite } from "../payment-method/payment-method.write.ts";
import { mobileBillingStatementRead } from "./mobile-billing-statement.read.ts";
import * as pages from "./pages.ts";

export const tmobile = defineProvider({
  id: "tmobile",
  name: "T-Mobile",
  version: 8,
  site: "https://www.t-mobile.com",
  operations: [paymentMethodRead(pages), paymentMethodWrite(pages), mobileBillingStatementRead, accountRead(pages)],
});
