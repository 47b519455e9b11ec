import { PassageError } from "@passage/protocol/errors";
import { writeLeaf } from "@passage/protocol/reads/leaf";
import { pageOver } from "@passage/providers/page";
import { nameOfRead } from "@passage/providers/reads/read";
import { nameOfStep, steps } from "@passage/providers/steps/step";
import { expect, test } from "vitest";
import { billing, goToBills, historySteps, readBillHistory } from "./bill-history.ts";

const named = steps(historySteps);
const nameOf = new Map([
  ...Object.entries(named).map(([name, one]) => [nameOfStep(one), name] as const),
  ...Object.entries(billing).map(([name, one]) => [nameOfRead(one), name] as const),
]);

/** The bill of this month of 2026. */
const bill = (month: number) => {
  const of = String(month).padStart(2, "0");
  const dates = { cycleStartDate: `2026-${of}-01`, cycleEndDate: `2026-${of}-28` };
  return { type: "Bill", ...dates, statementId: `S${of}` };
};
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const label = (month: number) => ({
  period: `${months[month - 1]} 1 - ${months[month - 1]} 28`,
  amount: `${month}.00`,
});
const historyOf = (count: number, billFound = count > 0) => ({
  content: { billFound, historyList: newest(count).flatMap((month) => [bill(month), { type: "Payment" }]) },
});
const newest = (count: number) => Array.from({ length: count }, (_, index) => 12 - index);

const mostEntries = 400;

interface Site {
  /** How many bills are shown at first, and in all. */
  readonly recent: number;
  readonly all: number;
  readonly hasButton?: boolean;
  readonly labels?: readonly object[];
  readonly billFound?: boolean;
  /** A survey lies over the button. */
  readonly survey?: boolean;
  readonly leadsTo?: "bills" | "home";
}

/** A page on which the site shows this. `asked` has the steps and reads, in order. */
function pageThat({ recent, all, hasButton = all > recent, labels, billFound, survey = false, leadsTo }: Site) {
  const asked: string[] = [];
  let isCovered = survey;
  const answers: Record<string, (count: number, most: number) => unknown> = {
    history: (_count, most) => historyOf(Math.min(recent, most), billFound),
    historyAll: () => historyOf(all),
    labels: (count, most) => (labels ?? newest(count).map(label)).slice(0, most),
    balance: () => ({ due: "2026-12-27" }),
  };
  const page = pageOver(async (request) => {
    if ("yield" in request) throw new Error("The person is not asked.");
    const { step, read, params } = request.params as {
      step?: string;
      read?: string;
      params?: { count: number; most: number };
    };
    const { newest = mostEntries } = request.params as { newest?: number };
    const name = nameOf.get(step ?? read ?? "") ?? "";
    asked.push(params ? `${name} ${params.count}` : newest < mostEntries ? `${name}, newest ${newest}` : name);
    if (read) return { status: "ok", data: answers[name]?.(params?.count ?? 0, params?.most ?? newest) };
    if (request.command === "at") return { holds: hasButton };
    if (name === "showOlder" && isCovered) throw new PassageError("not_actionable", "covered");
    if (name === "billsOpen" && leadsTo === "home") throw new PassageError("timeout", "elsewhere");
    if (name === "declineSurvey") isCovered = false;
    return {};
  });
  return { page, asked };
}

test("a limit within the recent bills asks for no older ones", async () => {
  const { page, asked } = pageThat({ recent: 8, all: 12 });
  const history = await readBillHistory(page, 8);
  expect(history?.bills.map(({ statementId, amount }) => [statementId, amount])).toEqual(
    newest(8).map((month) => [`S${String(month).padStart(2, "0")}`, `${month}.00`]),
  );
  expect(history?.dueDate).toBe("12/27/2026");
  expect(asked).toEqual(["history, newest 8", "labels 8", "balance"]);
});

test("where the newest bills are not the first on the page, all are read", async () => {
  const { page, asked } = pageThat({ recent: 8, all: 8, labels: newest(8).map(label).reverse() });
  await expect(readBillHistory(page, 3)).rejects.toThrow("AT&T shows no amount for a bill.");
  expect(asked.slice(0, 4)).toEqual(["history, newest 3", "labels 3", "history", "labels 8"]);
});

test("older bills are shown and read, with the survey declined", async () => {
  const { page, asked } = pageThat({ recent: 8, all: 12, survey: true });
  expect((await readBillHistory(page, 9))?.bills).toHaveLength(12);
  const shown = ["older", "showOlder", "declineSurvey", "showOlder"];
  expect(asked).toEqual(["history, newest 9", "labels 8", ...shown, "historyAll", "labels 12", "balance"]);
});

test("an account without bills has none, and no label is looked for", async () => {
  const { page, asked } = pageThat({ recent: 0, all: 0 });
  expect(await readBillHistory(page, undefined)).toBeNull();
  expect(asked).toEqual(["history"]);
});

test("a full first page without a button is asked about", async () => {
  const { page, asked } = pageThat({ recent: 8, all: 8 });
  expect((await readBillHistory(page, undefined))?.bills).toHaveLength(8);
  expect(asked).toContain("historyAll");
});

test.each<[string, Site, string]>([
  ["older bills without the button that shows them", { recent: 8, all: 9, hasButton: false }, "site_changed"],
  ["bills where the site says there are none", { recent: 2, all: 2, billFound: false }, "schema_drift"],
  ["no bills where the site says there are some", { recent: 0, all: 0, billFound: true }, "schema_drift"],
  ["a label too few", { recent: 2, all: 2, labels: [label(12)] }, "site_changed"],
  ["a label too many", { recent: 1, all: 1, labels: [label(12), label(11)] }, "site_changed"],
  ["labels in another order", { recent: 2, all: 2, labels: [label(11), label(12)] }, "site_changed"],
])("%s", async (_what, site, reason) => {
  const details = { reason, expected: expect.any(String), seen: expect.any(String) };
  await expect(readBillHistory(pageThat(site).page, undefined)).rejects.toMatchObject({ details });
});

test("an overview that leads elsewhere is a change of the site", async () => {
  const { page, asked } = pageThat({ recent: 1, all: 1, leadsTo: "home" });
  await expect(goToBills(page)).rejects.toMatchObject({ details: { reason: "site_changed", seen: "another page" } });
  expect(asked).toEqual(["overview", "openBills", "billsOpen"]);
});

test.each([
  ["Bill Oct 5 - Nov 4 $85.00", "Oct 5 - Nov 4", "85.00"],
  ["BillJul 23 - Aug 22$1,042.17", "Jul 23 - Aug 22", "1042.17"],
  ["Bill Jul 23 - Aug 2 -$5.00", "Jul 23 - Aug 2", "-5.00"],
  ["Bill Jul 23 - Aug 2 ($5.00)", "Jul 23 - Aug 2", "-5.00"],
  ["Bill Jul 23 - Aug 2 − $5.00", "Jul 23 - Aug 2", undefined],
  ["Bill Jul 23 - Aug 2 $5", "Jul 23 - Aug 2", undefined],
  ["Bill 07/23 - 08/22 85.00", undefined, undefined],
])("of the label %j the period is %j and the amount %j", (text, period, amount) => {
  const { declaration } = billing.labels;
  if (declaration.source !== "page") throw new Error("The labels are elements of the page.");
  const picked = (field: string) => new RegExp(declaration.fields[field]?.pick ?? "").exec(text)?.[1];
  expect(picked("period")).toBe(period);
  expect(writeLeaf({ leaf: "money" }, picked("amount"))).toBe(amount);
});
