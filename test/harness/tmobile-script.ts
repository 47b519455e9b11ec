import type { Script } from "./scripted-device.ts";

/** What a device on T-Mobile's site would answer to the bill read, with two bills. */
export const tmobileScript: Script = ({ command, params }) => {
  if (command === "url") return { result: { url: "about:blank" } };
  // The account leads to its sign-in.
  if (command === "navigate")
    return { result: { url: String(params.url).replace(/\/account$/, "/signin"), status: 200 } };
  if (command === "batch")
    return { result: { results: (params.commands as Asked[]).map((asked) => tmobileScript({ id: "", ...asked })) } };
  if (command === "yield") return { result: { matched: true, condition: 0 } };
  if (command === "isVisible") return { result: { visible: false } };
  if (command === "waitForNavigation") return { result: { url: "https://www.t-mobile.com/account" } };
  if (command === "waitForResponse") return { result: { url: "", method: "POST", status: 200 } };
  if (command !== "fetchInPage") return { result: {} };
  const body = String(params.url).includes("bill-dataset") ? dataSet : billList;
  return { result: { url: params.url, status: 200, contentType: "application/json", body } };
};

type Asked = { command: string; params: Record<string, unknown> };

/** What the page's answer is with the keys that the operation asks for. */
const billList = {
  responseCode: "100",
  bills: [[bill("2026-09-12", "2026-10-11", "S1", "$1,042.17"), bill("2026-10-12", "2026-11-11", "S2", "$85.00")]],
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

function bill(startTime: string, endTime: string, statementId: string, currentCharges: string) {
  return { startTime, endTime, statementId, documentId: null, currentCharges };
}
