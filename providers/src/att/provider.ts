import { defineProvider } from "../define.ts";
import { mobileBillingStatementRead } from "./mobile-billing-statement.read.ts";
import { paymentMethodRead } from "./payment-method.read.ts";
import { paymentMethodWrite } from "./payment-method.write.ts";

export const att = defineProvider({
  id: "att",
  name: "AT&T",
  version: 3,
  site: "https://www.att.com",
  operations: [paymentMethodRead, paymentMethodWrite, mobileBillingStatementRead],
});
