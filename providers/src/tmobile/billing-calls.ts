import { PassageError } from "@passage/protocol/errors";
import * as z from "zod";
import { failure } from "../failure.ts";
import type { Page } from "../page.ts";
import { answered, siteAnswerMs, siteData } from "../site-data.ts";

const amount = z.union([z.string(), z.number()]);
const bill = z.object({
  startTime: z.string(),
  endTime: z.string(),
  statementId: z.string(),
  currentCharges: amount,
});
export type Bill = z.infer<typeof bill>;
const billList = z.object({ responseCode: z.literal("100"), bills: z.array(z.array(bill)) });
const dataSet = z.object({ currentBillDueAmount: amount, dueDate: z.string().nullable() });
export type CurrentBill = z.infer<typeof dataSet>;

/** All bills that the site lists, and what is due now. The page is one of /bill/. */
export async function readBilling(page: Page): Promise<{ bills: Bill[]; current: CurrentBill }> {
  await appHasAsked(page);
  const list = await ask(page, "T-Mobile's bill list", billList, {
    url: "/self-service-pub/v1/bill-summary",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "action=getBillList&isBillCycleGroupByYear=true",
    path: "{responseCode,bills:getBillList[].bills[].{startTime,endTime,statementId,currentCharges}}",
  });
  const current = await ask(page, "T-Mobile's current bill", dataSet, {
    url: "/self-service-pub/v1/bill-dataset",
    headers: { "content-type": "application/json" },
    body: "{}",
    path: "briteBillDataSet.{currentBillDueAmount:currentBillCharges.currentBillDueAmount,dueDate:autoPay.dueDate}",
  });
  return { bills: list.bills.flat(), current };
}

/**
 * The calls answer only after the bill app has made its own, from an iframe without a source; before that they hang. When
 * the app is not heard of, asking tells why: a hang, or an answer of another shape.
 */
async function appHasAsked(page: Page): Promise<void> {
  try {
    await page.waitForResponse({ url: "/self-service-pub/v1/bill-dataset", method: "POST", timeout: siteAnswerMs });
  } catch (error) {
    if (!(error instanceof PassageError) || error.code !== "timeout") throw error;
    await appIsAnswered(page);
  }
}

/** The app's first call needs no app: where the site answers it, whatever it answers, the app did not ask. */
async function appIsAnswered(page: Page): Promise<void> {
  const what = "T-Mobile's bill app";
  const asked = page.fetchInPage({
    url: "/self-service-pub/v1/bill-summary",
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "action=getSessionData",
    path: "responseCode?",
    timeout: siteAnswerMs,
  });
  const { status } = await siteData(what, asked, z.object({ status: z.number() }));
  if (status >= 500) throw failure("site_down", `${what} is answered with status ${status}.`, { status });
}

interface Call {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** What leaves the device of the answer: tokens and the rest stay. */
  readonly path: string;
}

function ask<Shape extends z.ZodType>(page: Page, what: string, shape: Shape, call: Call): Promise<z.output<Shape>> {
  const asked = page.fetchInPage({ ...call, method: "POST", timeout: siteAnswerMs });
  return siteData(
    what,
    asked.then((answer) => answered(what, answer)),
    shape,
  );
}
