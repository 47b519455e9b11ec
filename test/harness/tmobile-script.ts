import type { Script } from "./scripted-device.ts";

/** What a device on T-Mobile's site would answer to the bill read, with two bills. */
export const tmobileScript: Script = ({ command, params }) => {
  if (command === "navigate") return { result: { url: params.url, status: 200 } };
  if (command === "yield") return { result: { matched: true, condition: 0 } };
  if (command !== "evaluate") return { result: {} };
  const expression = String(params.expression);
  if (expression.includes("getBillList")) return { result: { value: { outcome: "answered", body: billList } } };
  if (expression.includes("bill-dataset")) return { result: { value: { outcome: "answered", body: dataSet } } };
  return { result: { value: true } };
};

const billList = {
  responseCode: "100",
  years: [
    {
      year: "2026",
      bills: [
        { startTime: "2026-09-12", endTime: "2026-10-11", statementId: "S1", currentCharges: "$1,042.17" },
        { startTime: "2026-10-12", endTime: "2026-11-11", statementId: "S2", currentCharges: "$85.00" },
      ],
    },
  ],
};
const dataSet = { currentBillDueAmount: "$42.50", dueDate: "2026-12-01" };

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
