import { type BillingCycle, billingCyclesOf, dollars, linesOf } from "../billing-cycles.ts";
import type { ScenarioUser } from "../users.ts";

export type Bill = BillingCycle & { statementId: string; documentId: string; invoiceId: string };

export const accountNumber = "970418265";
export const puid = "8f0c2e5ad7714b3c";
/** The day of the month on which the bill cycle closes. */
export const cycleDay = "4";

const newestStatement = 418;

/** The account's bills, newest first. */
export function billsOf(user: ScenarioUser): Bill[] {
  return billingCyclesOf(user).map((cycle) => {
    const statementId = String(newestStatement - cycle.age);
    return {
      ...cycle,
      statementId,
      documentId: `${accountNumber}-70881_${statementId}`,
      invoiceId: `INV-55${statementId}`,
    };
  });
}

/** The answer to `getBillList`: years newest first, each with its bills newest first. */
export function billList(user: ScenarioUser) {
  const byYear = Map.groupBy(billsOf(user), (bill) => bill.to.slice(0, 4));
  return {
    accountNumber,
    responseCode: "100",
    getBillList: [...byYear].map(([year, bills]) => ({ year, bills: bills.map(listedBill) })),
  };
}

function listedBill(bill: Bill) {
  return {
    startTime: `${bill.from}T00:00:00`,
    endTime: `${bill.to}T00:00:00`,
    statementId: bill.statementId,
    documentId: bill.documentId,
    currentCharges: dollars(bill.charges),
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
      accountLinesInfo: linesOf(user).map((msisdn) => ({ msisdn })),
    },
  };
}

/** The answer to `billdetails` in its reduced mode. */
export function billDetails(bill: Bill) {
  const midnight = (date: string) => `${date}T00:00:00.000Z`;
  return {
    issue_date: midnight(bill.issued),
    due_date: midnight(bill.due),
    bill_period_from: midnight(bill.from),
    bill_period_to: midnight(bill.to),
    invoice_id: bill.invoiceId,
    wamountDue: { amount_ex_tax: bill.charges.toFixed(2) },
  };
}
