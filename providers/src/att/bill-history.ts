import { PassageError } from "@passage/protocol/errors";
import * as z from "zod";
import { yearlessPeriod } from "../dates.ts";
import { failure } from "../failure.ts";
import { parseAmount } from "../money.ts";
import type { Page } from "../page.ts";
import { siteAnswerMs, siteData } from "../site-data.ts";

const entry = z.object({
  type: z.string(),
  cycleStartDate: z.string().nullable(),
  cycleEndDate: z.string().nullable(),
  statementId: z.string().nullable(),
});
export type Bill = z.infer<typeof entry> & { readonly amount: number };

const history = z.array(entry);
const label = z.object({ text: z.string() });
const historyPath = "content.historyList[].{type,cycleStartDate?,cycleEndDate?,statementId?}";
const cards = '[data-test-id^="bill_activity_card_"]';
const older = 'button:has-text("See bill history")';

/**
 * The bills, newest first, from the page's own response, each with the amount that only the page shows. Older ones are asked
 * for only when the limit needs them.
 */
export async function readBillHistory(page: Page, limit: number | undefined): Promise<Bill[]> {
  const recent = await bills(page, "billandpaymenthistory$");
  if (recent.length === 0) return [];
  const { visible: hasOlder } = (await labelled(page, recent.length)) && (await page.isVisible({ selector: older }));
  if (!hasOlder || (limit !== undefined && limit <= recent.length)) return withAmounts(page, recent.slice(0, limit));
  await showOlder(page);
  const all = await bills(page, "billandpaymenthistory\\?filter=bill");
  await labelled(page, all.length);
  return withAmounts(page, all.slice(0, limit));
}

/** What the balance card says of the newest bill, such as `Due Nov 27, 2026`. */
export async function readDueDate(page: Page): Promise<string | undefined> {
  const asked = page.extract({ from: "dom", fields: { text: '[data-testid="billandpay_BalanceCard"]' } });
  const { text } = await siteData(
    "AT&T's balance card",
    asked.then(({ data }) => data),
    label,
  );
  return /Due (\w+ \d{1,2}, \d{4})/.exec(text)?.[1];
}

async function bills(page: Page, url: string): Promise<z.infer<typeof history>> {
  const asked = page.extract({
    from: "response",
    url: `/msapi/webbillexpms/v1/${url}`,
    path: historyPath,
    timeout: siteAnswerMs,
  });
  const entries = await siteData(
    "AT&T's bill history",
    asked.then(({ data }) => data),
    history,
  );
  return entries.filter(({ type }) => type === "Bill");
}

/** A survey may lie over the page, or come while the button is pressed: it is declined. */
async function showOlder(page: Page): Promise<void> {
  try {
    await page.click({ selector: older, timeout: 3_000 });
  } catch (error) {
    if (!(error instanceof PassageError) || error.code !== "not_actionable") throw error;
    await page.click({ selector: ".uws-invite__button-decline" });
    await page.click({ selector: older });
  }
}

/** The page draws a bill's label after its data came. */
function labelled(page: Page, count: number) {
  return page.waitForSelector({ selector: `${cards} >> nth=${count - 1}`, timeout: siteAnswerMs });
}

/** Labels have no year, so that two of them may read the same: both lists are walked once, newest first. */
async function withAmounts(page: Page, wanted: z.infer<typeof history>): Promise<Bill[]> {
  const asked = page.extract({ from: "dom", rows: cards, fields: { text: {} } });
  const labels = await siteData(
    "AT&T's list of bills",
    asked.then(({ data }) => data),
    z.array(label),
  );
  let next = 0;
  return wanted.map((bill) => {
    const period = yearlessPeriod(bill.cycleStartDate, bill.cycleEndDate);
    const index = labels.findIndex(({ text }, at) => at >= next && period !== null && text.includes(period));
    const amount = parseAmount(/-?\$[\d,.]+/.exec(labels[index]?.text ?? "")?.[0]);
    if (amount === null)
      throw failure("site_changed", "AT&T shows no amount for a bill.", {
        expected: `a label for ${period}`,
        seen: `${labels.length} labels`,
      });
    next = index + 1;
    return { ...bill, amount };
  });
}
