import type { ScenarioUser } from "../users.ts";

export type Bill = {
  statementId: string;
  documentId: string;
  invoiceId: string;
  /** Dates without a time, as `2026-11-04`. */
  periodFrom: string;
  periodTo: string;
  issued: string;
  due: string;
  charges: number;
};

export const accountNumber = "970418265";
export const puid = "8f0c2e5ad7714b3c";
export const lines = ["4255550100", "4255550148"];
/** The day of the month on which the bill cycle closes. */
export const cycleDay = "4";

const chargesNewestFirst = [85, 85, 92.13, 85, 1042.17, 118.4, 85, 85, 79.99, 85, 85.5, 85, 85, 60];
const newestCycle = { year: 2026, month: 11 };
const newestStatement = 418;

/** The account's bills, newest first. The dates are fixed, so that a test can name them. */
export function billsOf(user: ScenarioUser): Bill[] {
  return chargesNewestFirst.slice(0, user.billCount).map((charges, age) => {
    const statementId = String(newestStatement - age);
    return {
      statementId,
      documentId: `${accountNumber}-70881_${statementId}`,
      invoiceId: `INV-55${statementId}`,
      periodFrom: cycleDate(age + 1, 5),
      periodTo: cycleDate(age, 4),
      issued: cycleDate(age, 6),
      due: cycleDate(age, 27),
      charges,
    };
  });
}

function cycleDate(monthsAgo: number, day: number): string {
  return new Date(Date.UTC(newestCycle.year, newestCycle.month - 1 - monthsAgo, day)).toISOString().slice(0, 10);
}

/** The answer to `getBillList`: years newest first, each with its bills newest first. */
export function billList(user: ScenarioUser) {
  const byYear = Map.groupBy(billsOf(user), (bill) => bill.periodTo.slice(0, 4));
  return {
    accountNumber,
    responseCode: "100",
    getBillList: [...byYear].map(([year, bills]) => ({ year, bills: bills.map(listedBill) })),
  };
}

function listedBill(bill: Bill) {
  return {
    startTime: `${bill.periodFrom}T00:00:00`,
    endTime: `${bill.periodTo}T00:00:00`,
    statementId: bill.statementId,
    documentId: bill.documentId,
    currentCharges: bill.charges.toLocaleString("en-US", { style: "currency", currency: "USD" }),
    cycleValue: cycleDay,
  };
}

/** The answer to `bill-dataset`: only the current bill has its due date here. */
export function billDataset(user: ScenarioUser) {
  const current = billsOf(user)[0];
  const amount = (current?.charges ?? 0).toFixed(2);
  return {
    briteBillDataSet: {
      accountNumber,
      arBalance: { balanceDue: amount },
      currentBillCharges: { currentBillDueAmount: amount },
      autoPay: {
        easyPayStatus: { off: false, on: true, "on-as-text": "true" }[user.autopay],
        dueDate: current?.due ?? null,
        scheduledDate: current && user.autopay !== "off" ? `${current.due.slice(0, 8)}25` : null,
        amount,
      },
      accountLinesInfo: lines.map((msisdn) => ({ msisdn })),
    },
  };
}

/** The answer to `billdetails` in its reduced mode. */
export function billDetails(bill: Bill) {
  const midnight = (date: string) => `${date}T00:00:00.000Z`;
  return {
    issue_date: midnight(bill.issued),
    due_date: midnight(bill.due),
    bill_period_from: midnight(bill.periodFrom),
    bill_period_to: midnight(bill.periodTo),
    invoice_id: bill.invoiceId,
    wamountDue: { amount_ex_tax: bill.charges.toFixed(2) },
  };
}
