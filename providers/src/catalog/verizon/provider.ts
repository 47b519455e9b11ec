import { defineProvider } from "@passage/providers/define";
import { accountRead } from "../resources/account/account.read.ts";
import { paymentMethodRead } from "../resources/payment-method/payment-method.read.ts";
import { paymentMethodWrite } from "../resources/payment-method/payment-method.write.ts";
import { mobileBillingStatementRead } from "./mobile-billing-statement.read.ts";
import * as pages from "./pages.ts";

export const verizon = defineProvider({
  id: "verizon",
  name: "Verizon",
  version: 7,
  site: "https://www.verizon.com",
  operations: [paymentMethodRead(pages), paymentMethodWrite(pages), mobileBillingStatementRead, accountRead(pages)],
});
