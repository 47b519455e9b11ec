import { expect, test } from "vitest";
import { describe, mutateJson } from "./mutations.ts";
import { mutationsOf } from "./plan.ts";
import { Recording } from "./recording.ts";
import { runSeeds } from "./suite.ts";
import { isAllowed, judge } from "./verdict.ts";

const where = "www.a.localhost/bills";
const bills = [
  { id: "1", amount: "$85.00" },
  { id: "2", amount: "$1,042.17" },
];

test("a seed changes the same each time", () => {
  const recording = new Recording();
  recording.add({ where, kind: "json", body: JSON.stringify({ bills }) });
  recording.add({
    where: "www.a.localhost/",
    kind: "html",
    body: '<head></head><ul id="bill-list" class="rows"></ul>',
  });
  expect(mutationsOf(7, recording)).toEqual(mutationsOf(7, recording));
  const all = Array.from({ length: 200 }, (_, seed) =>
    mutationsOf(seed + 1, recording)
      .map(describe)
      .join(", "),
  );
  expect(new Set(all).size).toBeGreaterThan(60);
});

test.each([
  [
    { kind: "rename key", where, key: "amount", to: "total" },
    { id: "1", total: "$85.00" },
  ],
  [{ kind: "drop key once", where, key: "amount" }, { id: "1" }],
  [
    { kind: "respell", where, key: "amount", spelling: 6 },
    { id: "1", amount: 8500 },
  ],
] as const)("%j", (mutation, first) => {
  expect(mutateJson(where, { bills }, [mutation])).toMatchObject({ bills: [first, { id: "2" }] });
  expect(mutateJson("elsewhere", { bills }, [mutation])).toEqual({ bills });
});

test("wrong data, a change without a spot and a site that is blamed for nothing are not allowed", () => {
  const failed = (details: object) =>
    ({ error: { code: "AUTOMATION_ERROR", message: "", details: { ...details } } }) as const;
  const spot = { expected: "a key", seen: "none" };
  const fail = { kind: "fail", where, how: "500" } as const;
  expect(judge({ result: { billing: bills } }, { billing: bills }, [])).toBe("right data");
  expect(judge({ result: { billing: bills.toReversed() } }, { billing: bills }, [])).toBe("WRONG DATA");
  expect(judge({ result: { billing: [...bills, bills[0]] } }, { billing: bills }, [])).toBe("WRONG DATA");
  expect(judge(failed({ reason: "site_changed", ...spot }), null, [])).toBe("site_changed");
  expect(judge(failed({ reason: "site_changed" }), null, [])).toBe("NO SPOT");
  expect(judge(failed({ reason: "site_down" }), null, [fail])).toBe("site failed");
  expect(judge(failed({ reason: "site_down" }), null, [])).toBe("NO REASON");
});

test("seeds of changed sites, one per provider: right data or the spot that changed", {
  timeout: 300_000,
}, async () => {
  const reports = await runSeeds([2, 3, 4, 6, 8]);
  expect(new Set(reports.map(({ what }) => what.split(" ")[0])).size).toBe(5);
  expect(reports.filter(({ outcome }) => !isAllowed(outcome))).toEqual([]);
});
