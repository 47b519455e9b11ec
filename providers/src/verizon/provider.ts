import { defineProvider } from "../define.ts";
import { mobileBillingStatementRead } from "./mobile-billing-statement.read.ts";
import { paymentMethodRead } from "./payment-method.read.ts";
import { paymentMethodWrite } from "./payment-method.write.ts";

export const verizon = defineProvider({
  id: "verizon",
  name: "Verizon",
  version: 2,
  site: "https://www.verizon.com",
  operations: [paymentMethodRead, paymentMethodWrite, mobileBillingStatementRead],
});
