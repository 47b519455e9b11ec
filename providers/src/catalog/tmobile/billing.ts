import { PassageError } from "@passage/protocol/errors";
import { failure } from "@passage/providers/failure";
import type { Page } from "@passage/providers/page";
import { siteAnswerMs } from "@passage/providers/reads/answer";
import { date, id, integer, list, money, within } from "@passage/providers/reads/leaf";
import { newest, reads, request, statusOf } from "@passage/providers/reads/read";
import * as z from "zod";

const on = "https://www.t-mobile.com/bill/";
const bill = z.object({
  startTime: date(),
  endTime: date(),
  statementId: id(64, { digits: true }),
  currentCharges: money(),
});
export type Bill = z.infer<typeof bill>;
const currentBill = z.object({
  currentBillCharges: z.object({ currentBillDueAmount: z.union([money(), integer()]) }),
  autoPay: z.object({ dueDate: date().nullable() }),
});
export interface CurrentBill {
  /** Text has the currency's unit. A number is whole, and may be of any. */
  readonly dueAmount: string | number;
  readonly dueDate: string | null;
}

export const billing = reads({
  bills: request({
    what: "your bills: period, number and charges",
    on,
    // The calls hang until the bill app has made its own, from an iframe without a source.
    after: { post: "/self-service-pub/v1/bill-dataset", withinMs: siteAnswerMs },
    post: "/self-service-pub/v1/bill-summary",
    form: { action: "getBillList", isBillCycleGroupByYear: "true" },
    newest: { rows: "getBillList[].bills[]", by: "startTime" },
    data: z.object({ responseCode: z.literal("100"), getBillList: list(z.object({ bills: list(bill, 24) }), 12) }),
  }),
  app: statusOf({
    what: "whether the bill app is answered",
    on,
    post: "/self-service-pub/v1/bill-summary",
    form: { action: "getSessionData" },
  }),
  current: request({
    what: "what is due now, and when",
    on,
    post: "/self-service-pub/v1/bill-dataset",
    json: {},
    data: within("briteBillDataSet", currentBill),
  }),
});

/** The newest bills that the site lists, or all, and what is due now. The page is one of /bill/. */
export async function readBilling(page: Page, limit?: number): Promise<{ bills: Bill[]; current: CurrentBill }> {
  const wanted = newest(billing.bills, limit);
  const { getBillList } = await page.read(wanted).catch((error) => withoutItsApp(page, wanted, error));
  const { currentBillCharges, autoPay } = (await page.read(billing.current)).briteBillDataSet;
  const current = { dueAmount: currentBillCharges.currentBillDueAmount, dueDate: autoPay.dueDate };
  return { bills: getBillList.flatMap(({ bills }) => bills), current };
}

/** The list hangs until the bill app has made its first call. Makes that call in its place, then reads the list again. */
async function withoutItsApp(page: Page, wanted: typeof billing.bills, error: unknown) {
  if (!(error instanceof PassageError) || error.details?.code !== "fetch_timed_out") throw error;
  const { status } = await page.ask(billing.app, {});
  if (status === "down") throw failure("site_down", "T-Mobile's bill app is answered with an error.", { status });
  return page.read(wanted);
}
