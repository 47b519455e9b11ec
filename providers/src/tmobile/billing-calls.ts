import * as z from "zod";
import { failure } from "../failure.ts";
import type { Page } from "../page.ts";

/**
 * The site's own calls (facts/providers 2.3). They answer only from a /bill/ page and after the bill app's own first call;
 * before that they hang. Each expression runs in the page and brings back just the keys named here, so that tokens and
 * whatever else the site answers stay on the device.
 */
const siteAnswerMs = 10_000;
const appReadyMs = 20_000;

/** Waits for the bill app's own first call, which it makes from an iframe without a source. */
const appMadeItsFirstCall = `(async () => {
  const deadline = performance.now() + ${appReadyMs};
  const called = (view) => {
    try { return view.performance.getEntriesByType("resource").some((entry) => entry.name.includes("/bill-summary")); }
    catch { return false; }
  };
  while (performance.now() < deadline) {
    if ([window, ...Array.from(document.querySelectorAll("iframe"), (frame) => frame.contentWindow)].some(called)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
})()`;

const call = (path: string, init: string, pick: string) => `(async () => {
  try {
    const response = await fetch(${JSON.stringify(path)}, { method: "POST", ${init}, signal: AbortSignal.timeout(${siteAnswerMs}) });
    if (!response.ok) return { outcome: "refused", status: response.status };
    const body = await response.json();
    return { outcome: "answered", body: (${pick})(body) };
  } catch (error) {
    return { outcome: error && error.name === "TimeoutError" ? "hung" : "failed" };
  }
})()`;

const listBills = call(
  "/self-service-pub/v1/bill-summary",
  `body: new URLSearchParams({ action: "getBillList", isBillCycleGroupByYear: "true" })`,
  `(body) => ({
    responseCode: body.responseCode,
    years: body.getBillList?.map(({ year, bills }) => ({ year, bills: bills?.map(
      ({ startTime, endTime, statementId, documentId, currentCharges }) => ({ startTime, endTime, statementId, documentId, currentCharges })) })),
  })`,
);

const readDataSet = call(
  "/self-service-pub/v1/bill-dataset",
  `headers: { "content-type": "application/json" }, body: "{}"`,
  `(body) => ({
    currentBillDueAmount: body.briteBillDataSet?.currentBillCharges?.currentBillDueAmount,
    dueDate: body.briteBillDataSet?.autoPay?.dueDate,
  })`,
);

const bill = z.object({
  startTime: z.string(),
  endTime: z.string(),
  statementId: z.string().optional(),
  documentId: z.string().optional(),
  currentCharges: z.union([z.string(), z.number()]),
});
export type Bill = z.infer<typeof bill>;
const billList = z.object({
  responseCode: z.literal("100"),
  years: z.array(z.object({ bills: z.array(bill) })),
});
const amount = z.union([z.string(), z.number()]).nullish();
const dataSet = z.object({ currentBillDueAmount: amount, dueDate: z.string().nullish() });
export type CurrentBill = z.infer<typeof dataSet>;

/** All bills that the site lists, newest first, and what is due now. */
export async function readBilling(page: Page): Promise<{ bills: Bill[]; current: CurrentBill }> {
  const ready = await page.evaluate({ expression: appMadeItsFirstCall, timeout: appReadyMs + 5_000 });
  if (ready.value !== true) throw failure("site_changed", "T-Mobile's bill page did not load its bills.");
  const list = await ask(page, "the bill list", listBills, billList);
  const current = await ask(page, "the current bill", readDataSet, dataSet);
  const bills = list.years.flatMap((year) => year.bills).sort((a, b) => (a.endTime < b.endTime ? 1 : -1));
  return { bills, current };
}

const answer = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("answered"), body: z.unknown() }),
  z.object({ outcome: z.literal("refused"), status: z.number() }),
  z.object({ outcome: z.enum(["hung", "failed"]) }),
]);

async function ask<T extends z.ZodType>(page: Page, what: string, expression: string, shape: T): Promise<z.output<T>> {
  const { value } = await page.evaluate({ expression, timeout: siteAnswerMs + 5_000 });
  const got = answer.parse(value);
  if (got.outcome === "refused")
    throw failure("site_changed", `T-Mobile refused ${what}.`, { asked: what, status: got.status });
  if (got.outcome !== "answered") throw failure("site_down", `T-Mobile did not answer ${what}.`, { asked: what });
  const parsed = shape.safeParse(got.body);
  if (parsed.success) return parsed.data;
  const unexpected = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).slice(0, 5);
  throw failure("site_changed", `T-Mobile's answer for ${what} has another shape than before.`, { unexpected });
}
