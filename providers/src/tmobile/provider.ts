import { defineProvider } from "../define.ts";
import { mobileBillingStatementRead } from "./mobile-billing-statement.read.ts";
import { paymentMethodRead } from "./payment-method.read.ts";
import { paymentMethodWrite } from "./payment-method.write.ts";

export const tmobile = defineProvider({
  id: "tmobile",
  name: "T-Mobile",
  version: 3,
  site: "https://www.t-mobile.com",
  operations: [paymentMethodRead, paymentMethodWrite, mobileBillingStatementRead],
});
