import { declaredScript } from "./declared-script.ts";

/** Two bills, as the device writes them. */
const bills = {
  responseCode: "100",
  getBillList: [
    {
      bills: [bill("2026-09-12", "2026-10-11", "S1", "1042.17"), bill("2026-10-12", "2026-11-11", "S2", "85.00")],
    },
  ],
};
const current = {
  briteBillDataSet: { currentBillCharges: { currentBillDueAmount: "42.50" }, autoPay: { dueDate: "2026-12-01" } },
};

/** What a device on T-Mobile's site returns for a bill read with two bills. The account leads to its sign-in. */
export const tmobileScript = declaredScript({ places: ["account", "summary"], reads: { bills, current } });

export const expectedBilling = [
  {
    statementId: "S2",
    periodStart: "10/12/2026",
    periodEnd: "11/11/2026",
    dueDate: "12/01/2026",
    amountDue: 42.5,
    currency: "USD",
  },
  { statementId: "S1", periodStart: "09/12/2026", periodEnd: "10/11/2026", amountDue: 1042.17, currency: "USD" },
];

function bill(startTime: string, endTime: string, statementId: string, currentCharges: string) {
  return { startTime, endTime, statementId, currentCharges };
}
