import { defineProvider } from "@passage/providers/define";
import { accountRead } from "./account.read.ts";
import { orderHistoryRead } from "./order-history.read.ts";

export const ubereats = defineProvider({
  id: "ubereats",
  name: "Uber Eats",
  version: 7,
  site: "https://www.ubereats.com",
  operations: [orderHistoryRead, accountRead],
});
