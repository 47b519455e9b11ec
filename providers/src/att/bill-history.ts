import { PassageError } from "@passage/protocol/errors";
import * as z from "zod";
import { usDate, yearlessPeriod } from "../dates.ts";
import { failure } from "../failure.ts";
import { parseAmount } from "../money.ts";
import type { Page } from "../page.ts";
import { answered, pageCall, siteAnswerMs, siteData } from "../site-data.ts";

const entry = z.object({
  type: z.enum(["Bill", "Payment"]),
  cycleStartDate: z.string().nullable(),
  cycleEndDate: z.string().nullable(),
  statementId: z.string().nullable(),
});
export type Bill = z.infer<typeof entry> & { readonly amount: number };

const history = z.object({ billFound: z.boolean(), entries: z.array(entry) });
const label = z.object({ text: z.string() });
const call = "/msapi/webbillexpms/v1/billandpaymenthistory";
const historyPath = "content.{billFound,entries:historyList[].{type,cycleStartDate?,cycleEndDate?,statementId?}}";
/** How many entries the site shows at first, as far as is known. */
const firstEntries = 16;
const cards = '[data-test-id^="bill_activity_card_"]';
const older = 'button:has-text("See bill history")';

export interface BillHistory {
  readonly bills: readonly Bill[];
  /** Of the newest bill; `MM/DD/YYYY`. */
  readonly dueDate: string;
}

/**
 * The bills from the page's own response, each with the amount that only the page shows; null where there are none. Older
 * ones are asked for only when the limit needs them.
 */
export async function readBillHistory(page: Page, limit: number | undefined): Promise<BillHistory | null> {
  const { bills: recent, isFull } = await bills(page, call);
  if (recent.length === 0) return null;
  if (limit !== undefined && limit <= recent.length) return withAmounts(page, recent);
  const [, { visible: hasOlder }] = await page.batch([
    ["waitForSelector", labelled(recent.length)],
    ["isVisible", { selector: older }],
  ]);
  if (!hasOlder && isFull) await demandNoOlder(page, recent.length);
  if (!hasOlder) return withAmounts(page, recent);
  await showOlder(page);
  const { bills: all } = await bills(page, `${call}?filter=bill`);
  return withAmounts(page, all);
}

/** A first page that is full and has no button for more: the account may end there, or the button is another one now. */
async function demandNoOlder(page: Page, count: number): Promise<void> {
  const asked = page.fetchInPage({
    url: `${call}?filter=bill`,
    path: "content.historyList[].{type}",
    timeout: siteAnswerMs,
  });
  const all = await siteData(
    "AT&T's bill history",
    asked.then((answer) => answered("AT&T's bill history", answer)),
    z.array(z.object({ type: z.string() })),
  );
  if (all.filter(({ type }) => type === "Bill").length <= count) return;
  throw failure("site_changed", "AT&T has older bills, and no button that shows them.", {
    expected: older,
    seen: "none",
  });
}

async function bills(page: Page, url: string): Promise<{ bills: z.infer<typeof entry>[]; isFull: boolean }> {
  const { billFound, entries } = await pageCall(page, "AT&T's bill history", { url, path: historyPath }, history);
  const found = entries.filter(({ type }) => type === "Bill");
  if (billFound === found.length > 0) return { bills: found, isFull: entries.length >= firstEntries };
  throw failure("schema_drift", "AT&T's bill history contradicts itself.", {
    expected: `bills: ${billFound}`,
    seen: `${found.length} of ${entries.length} entries`,
  });
}

/** A survey may lie over the page, or come while the button is pressed: it is declined. */
async function showOlder(page: Page): Promise<void> {
  try {
    await page.click({ selector: older, timeout: 3_000 });
  } catch (error) {
    if (!(error instanceof PassageError) || error.code !== "not_actionable") throw error;
    await page.batch([
      ["click", { selector: ".uws-invite__button-decline" }],
      ["click", { selector: older }],
    ]);
  }
}

/** The page draws a bill's label after its data came. */
function labelled(count: number) {
  return { selector: `${cards} >> nth=${count - 1}`, timeout: siteAnswerMs };
}

/** Labels have no year, so that two of them may read the same: a bill's label is the one in its place, and must fit it. */
async function withAmounts(page: Page, wanted: readonly z.infer<typeof entry>[]): Promise<BillHistory> {
  // The data came, so that labels which do not are a change of the page, and no silence of the site.
  const [, rows, card] = await page.batch([
    ["waitForSelector", labelled(wanted.length)],
    ["extract", { from: "dom", rows: cards, fields: { text: {} } }],
    ["extract", { from: "dom", fields: { text: '[data-testid="billandpay_BalanceCard"]' } }],
  ]);
  const { labels, balance } = await siteData(
    "AT&T's list of bills",
    Promise.resolve({ labels: rows.data, balance: card.data }),
    z.object({ labels: z.array(label), balance: label }),
  );
  const dueDate = usDate(/Due (\w+ \d{1,2}, \d{4})/.exec(balance.text)?.[1]);
  if (!dueDate)
    throw failure("site_changed", "AT&T's balance card says no due date.", {
      expected: "Due Nov 27, 2026",
      seen: "another text",
    });
  const found = wanted.map((bill, index) => {
    const period = yearlessPeriod(bill.cycleStartDate, bill.cycleEndDate);
    const text = labels[index]?.text ?? "";
    const amount = parseAmount(/-?\$[\d,.]+/.exec(text)?.[0]);
    if (period !== null && text.includes(period) && amount !== null && labels.length === wanted.length)
      return { ...bill, amount };
    throw failure("site_changed", "AT&T shows no amount for a bill.", {
      expected: `${wanted.length} labels, number ${index + 1} with ${period} and an amount`,
      seen: `${labels.length} labels, ${text === "" ? "none there" : "another one there"}`,
    });
  });
  return { bills: found, dueDate };
}
