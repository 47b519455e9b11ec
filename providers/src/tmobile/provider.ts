import { defineProvider } from "../define.ts";
import { mobileBillingStatementRead } from "./mobile-billing-statement.read.ts";

export const tmobile = defineProvider({
  id: "tmobile",
  name: "T-Mobile",
  version: 1,
  site: "https://www.t-mobile.com",
  operations: [mobileBillingStatementRead],
});
