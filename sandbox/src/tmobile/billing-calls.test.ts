import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, TestBrowser } from "../testing/browser.ts";
import { type RunningSandbox, runSandbox } from "../testing/run-workerd.ts";
import { billingCall, signIn } from "../testing/tmobile-visit.ts";

const summary = "/self-service-pub/v1/bill-summary";
const dataset = "/self-service-pub/v1/bill-dataset";
const details = "/self-service-britebill/billing/v2/billdetails";
const mint = "action=getSessionData";
const list = "action=getBillList&isBillCycleGroupByYear=true";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await runSandbox();
});
afterAll(() => sandbox.stop());

const newBrowser = () => new TestBrowser(sandbox.port);
const patience = () => ({ signal: AbortSignal.timeout(1500) });
const hangs = (call: Promise<Answer>) => expect(call).rejects.toThrow(/abort/i);

async function openBills(user: string) {
  const browser = newBrowser();
  const page = await signIn(browser, user, "/bill/summary");
  const { sessionData } = (await billingCall(browser, page, summary, mint)).json();
  const token: string = sessionData.accessTokenSAAS;
  const trusted = { authorization: `Bearer ${token}`, "x-auth-originator": token, mode: "reduced" };
  const wanted = { puid: sessionData.PUID, ban: sessionData.BAN };
  return {
    browser,
    page,
    token,
    bills: async () => (await billingCall(browser, page, summary, list)).json(),
    dataset: async () => (await billingCall(browser, page, dataset, "{}")).json().briteBillDataSet,
    details: (documentId: string, headers: Record<string, string> = {}) =>
      billingCall(browser, page, details, JSON.stringify({ ...wanted, documentId }), {
        headers: { ...trusted, ...headers },
      }),
  };
}

test("user_good has 14 bills in two years, with the keys of the real site", async () => {
  const { bills } = await openBills("user_good");
  const { accountNumber, responseCode, getBillList } = await bills();
  expect(responseCode).toBe("100");
  expect(getBillList.map((group: { year: string }) => group.year)).toEqual(["2026", "2025"]);
  const all = getBillList.flatMap((group: { bills: object[] }) => group.bills);
  expect(all).toHaveLength(14);
  expect(all[0]).toEqual({
    startTime: "2026-10-05T00:00:00",
    endTime: "2026-11-04T00:00:00",
    statementId: "418",
    documentId: `${accountNumber}-70881_418`,
    currentCharges: "$85.00",
    cycleValue: "4",
  });
  expect(all[4].currentCharges).toBe("$1,042.17");
});

test("the dataset has the due date of the current bill, billdetails those of all", async () => {
  const { bills, dataset, details } = await openBills("user_good");
  const { autoPay, arBalance, currentBillCharges, accountLinesInfo } = await dataset();
  expect(autoPay).toEqual({ easyPayStatus: false, dueDate: "2026-11-27", scheduledDate: null, amount: "85.00" });
  expect([arBalance.balanceDue, currentBillCharges.currentBillDueAmount]).toEqual(["85.00", "85.00"]);
  expect(accountLinesInfo).toHaveLength(2);

  const { getBillList } = await bills();
  expect((await details(getBillList[0].bills[4].documentId)).json()).toEqual({
    issue_date: "2026-07-06T00:00:00.000Z",
    due_date: "2026-07-27T00:00:00.000Z",
    bill_period_from: "2026-06-05T00:00:00.000Z",
    bill_period_to: "2026-07-04T00:00:00.000Z",
    invoice_id: "INV-55414",
    wamountDue: { amount_ex_tax: "1042.17" },
  });
  const pdf = await details(getBillList[1].bills[0].documentId, { mode: "summary", accept: "application/pdf" });
  expect(pdf.body).toMatch(/^%PDF-/);
  expect((await details("another account's document")).status).toBe(404);
});

test.each([
  ["user_autopay", "true", "2026-11-25", 3],
  ["user_one_bill", true, "2026-11-25", 1],
  ["user_empty", false, null, 0],
])("%s has easyPayStatus %j", async (user, easyPayStatus, scheduledDate, billCount) => {
  const { bills, dataset } = await openBills(user);
  expect((await dataset()).autoPay).toMatchObject({ easyPayStatus, scheduledDate });
  const { getBillList } = await bills();
  expect(getBillList.flatMap((group: { bills: object[] }) => group.bills)).toHaveLength(billCount);
});

test("a second mint is refused until the page is loaded again", async () => {
  const { browser, page } = await openBills("user_good");
  expect((await billingCall(browser, page, summary, mint)).status).toBe(401);
  await browser.open("/bill/historical");
  expect((await billingCall(browser, page, summary, mint)).status).toBe(200);
});

test("of many mints at the same time one is answered", async () => {
  const browser = newBrowser();
  const page = await signIn(browser, "user_good", "/bill/summary");
  const answers = await Promise.all(Array.from({ length: 20 }, () => billingCall(browser, page, summary, mint)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test.each(["authorization", "x-auth-originator", "mode"])("billdetails without %s is refused", async (header) => {
  const { bills, details } = await openBills("user_good");
  const { documentId } = (await bills()).getBillList[0].bills[0];
  expect((await details(documentId, { [header]: "" })).status).toBe(401);
});

test("calls hang before the app's own first call, and the log shows them without a status", async () => {
  const browser = newBrowser();
  const page = await signIn(browser, "user_good", "/bill/summary");
  await Promise.all([
    hangs(billingCall(browser, page, summary, list, patience())),
    hangs(billingCall(browser, page, dataset, "{}", patience())),
    hangs(billingCall(browser, page, details, "{}", patience())),
  ]);
  const { requests } = (await browser.ask("http://sandbox.localhost/log?host=www.t-mobile.localhost")).json();
  const hung = requests.filter((request: { status: number | null }) => request.status === null);
  expect(hung.map((request: { call: string }) => request.call).sort()).toEqual([
    "bill-dataset",
    "bill-summary:getBillList",
    "billdetails",
  ]);
});

test("calls hang from a page that is no bill page, and when nobody is signed in", async () => {
  const { browser, page } = await openBills("user_good");
  const dashboard = await browser.open("/my-account/dashboard");
  await Promise.all([
    hangs(billingCall(browser, dashboard, summary, list, patience())),
    hangs(billingCall(newBrowser(), page, dataset, "{}", patience())),
  ]);
});
