import { PassageError } from "@passage/protocol/errors";
import { usDay, yearlessPeriod } from "@passage/providers/dates";
import { failure } from "@passage/providers/failure";
import type { Page } from "@passage/providers/page";
import { siteAnswerMs } from "@passage/providers/reads/answer";
import { boolean, date, id, list, money, text, within } from "@passage/providers/reads/leaf";
import { between, elements, newest, param, type Read, reads, request } from "@passage/providers/reads/read";
import { atUrl, click, place, visible } from "@passage/providers/steps/step";
import * as z from "zod";

const site = "https://www.att.com";
const on = `${site}/acctmgmt/billing/` as const;
const call = "/msapi/webbillexpms/v1/billandpaymenthistory";
const mostEntries = 400;
/** How many entries the site shows at first, as far as is known. */
const firstEntries = 16;

const bill = z.object({
  type: z.literal("Bill"),
  cycleStartDate: date(),
  cycleEndDate: date(),
  statementId: id(64, { digits: true }),
});
const entry = z.discriminatedUnion("type", [bill, z.object({ type: z.literal("Payment") })]);
const history = within("content", z.object({ billFound: boolean(), historyList: list(entry, mostEntries) }));

export const billing = reads({
  history: request({
    what: "your recent bills: period and number",
    on,
    get: call,
    data: history,
    newest: { rows: "content.historyList[]", by: "cycleStartDate" },
  }),
  historyAll: request({
    what: "all your bills: period and number",
    on,
    get: call,
    query: { filter: "bill" },
    data: history,
  }),
  // Only the page has the amounts.
  labels: elements({
    what: "what each bill costs",
    on,
    rows: { css: '[data-test-id^="bill_activity_card_"]', atLeast: param("count"), most: param("most") },
    params: { count: between(1, mostEntries), most: between(1, mostEntries) },
    fields: {
      period: { pick: "([A-Z][a-z]{2} \\d{1,2} - [A-Z][a-z]{2} \\d{1,2})" },
      // With all that may be a sign, so that an unknown one is no amount.
      amount: { pick: "((?:[-−–+(] ?)?\\$[\\d,.]+\\)?)" },
    },
    data: list(z.object({ period: text(15), amount: money() }), mostEntries),
  }),
  balance: elements({
    what: "when the newest bill is due",
    on,
    fields: { due: { css: '[data-testid="billandpay_BalanceCard"]', pick: "Due (\\w+ \\d{1,2}, \\d{4})" } },
    data: z.object({ due: date() }),
  }),
});

const overview = place(`${site}/acctmgmt/overview`);
const openBills = click('a[aria-label="Billing Icon"]');
const billsOpen = atUrl(site, "/acctmgmt/billing/");
const olderButton = 'button:has-text("See bill history")';
const older = visible(olderButton);
const showOlder = click(olderButton);
const declineSurvey = click(".uws-invite__button-decline");
export const historySteps = { overview, openBills, billsOpen, older, showOlder, declineSurvey };

export type Bill = z.infer<typeof bill> & {
  /** In dollars, as `85.00`. */
  readonly amount: string;
};
export interface BillHistory {
  readonly bills: readonly Bill[];
  /** Of the newest bill; `MM/DD/YYYY`. */
  readonly dueDate: string;
}

/** Opens the page with the bills. An address typed by hand bounces to the home page: the way leads through the overview. */
export async function goToBills(page: Page): Promise<void> {
  await page.go(overview);
  await page.tap(openBills);
  await page.until(billsOpen, siteAnswerMs).catch((error) => {
    if (!(error instanceof PassageError) || error.code !== "timeout") throw error;
    throw failure("site_changed", "AT&T's overview does not lead to the bills.", {
      expected: on,
      seen: "another page",
    });
  });
}

/**
 * The bills, each with the amount that only the page shows; null where there are none. Older ones are asked for only when the
 * limit needs them. The page is the one with the bills.
 */
export async function readBillHistory(page: Page, limit: number | undefined): Promise<BillHistory | null> {
  const { bills: recent, isFull } = await readBills(page, newest(billing.history, limit));
  if (recent.length === 0) return null;
  const isEnough = limit !== undefined && limit <= recent.length;
  const most = isEnough ? recent.length : mostEntries;
  const labels = await page.read(billing.labels, { count: recent.length, most });
  // Where the newest bills are not the first on the page, all are read.
  if (isEnough && !recent.every((one, index) => isLabelOf(one, labels[index]))) return readBillHistory(page, undefined);
  if (!isEnough && (await page.at(older))) {
    await takeShowOlder(page);
    const { bills: all } = await readBills(page, billing.historyAll);
    return withAmounts(page, all, await page.read(billing.labels, { count: all.length, most: mostEntries }));
  }
  if (!isEnough && isFull) await demandNoOlder(page, recent.length);
  return withAmounts(page, recent, labels);
}

/** A first page that is full and has no button for more: the account may end there, or the button is another one now. */
async function demandNoOlder(page: Page, count: number): Promise<void> {
  const { bills } = await readBills(page, billing.historyAll);
  if (bills.length <= count) return;
  throw failure("site_changed", "AT&T has older bills, and no button that shows them.", {
    expected: olderButton,
    seen: "none",
  });
}

type Label = z.infer<typeof billing.labels.data>[number];

function isLabelOf({ cycleStartDate, cycleEndDate }: z.infer<typeof bill>, label: Label | undefined): label is Label {
  return label?.period === yearlessPeriod(cycleStartDate, cycleEndDate);
}

async function readBills(page: Page, read: Read<typeof history, Record<never, never>>) {
  const { billFound, historyList } = (await page.read(read)).content;
  const bills = historyList.filter((one) => one.type === "Bill");
  if (billFound === bills.length > 0) return { bills, isFull: historyList.length >= firstEntries };
  throw failure("schema_drift", "AT&T's bill history contradicts itself.", {
    expected: `bills: ${billFound}`,
    seen: `${bills.length} of ${historyList.length} entries`,
  });
}

/** A survey may lie over the page, or come while the button is pressed: it is declined. */
async function takeShowOlder(page: Page): Promise<void> {
  try {
    await page.tap(showOlder, { timeoutMs: 3_000 });
  } catch (error) {
    if (!(error instanceof PassageError) || error.code !== "not_actionable") throw error;
    await page.tap(declineSurvey);
    await page.tap(showOlder);
  }
}

/** Labels have no year, so that two of them may read the same: a bill's label is the one in its place, and must fit it. */
async function withAmounts(
  page: Page,
  bills: readonly z.infer<typeof bill>[],
  labels: readonly Label[],
): Promise<BillHistory> {
  const { due } = await page.read(billing.balance);
  const found = bills.map((one, index) => {
    const label = labels[index];
    if (isLabelOf(one, label) && labels.length === bills.length) return { ...one, amount: label.amount };
    throw failure("site_changed", "AT&T shows no amount for a bill.", {
      expected: `${bills.length} labels, number ${index + 1} of its period`,
      seen: `${labels.length} labels, ${label ? "another one there" : "none there"}`,
    });
  });
  return { bills: found, dueDate: usDay(due) };
}
