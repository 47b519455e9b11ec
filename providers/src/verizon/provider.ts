import { accountRead } from "../account/account.read.ts";
import { defineProvider } from "../define.ts";
import { paymentMethodRead } from "../payment-method/payment-method.read.ts";
import { paymentMethodWrite } from "../payment-method/payment-method.write.ts";
import { mobileBillingStatementRead } from "./mobile-billing-statement.read.ts";
import * as pages from "./pages.ts";

export const verizon = defineProvider({
  id: "verizon",
  name: "Verizon",
  version: 7,
  site: "https://www.verizon.com",
  operations: [paymentMethodRead(pages), paymentMethodWrite(pages), mobileBillingStatementRead, accountRead(pages)],
});
