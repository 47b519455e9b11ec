import { afterAll, beforeAll, expect, test } from "vitest";
import { toldLimits } from "../../device/src/egress/told-bits.ts";
import { runSandbox } from "../../sandbox/src/testing/run-workerd.ts";
import { cases } from "../mutation/operations.ts";
import { SiteVisits } from "../mutation/site-visit.ts";

/** How much the catalog's operations are told besides declared leaves, a sign-in included, of what a session may tell. */
let sandbox: Awaited<ReturnType<typeof runSandbox>>;
let visits: SiteVisits;
beforeAll(async () => {
  sandbox = await runSandbox();
  visits = await SiteVisits.open(sandbox.port);
});
afterAll(async () => {
  await visits.close();
  await sandbox.stop();
});

const told: Record<string, number> = {};
test.each(cases.map((one) => [one.name, one] as const))(
  "%s stays far below the limit",
  { timeout: 120_000 },
  async (name, one) => {
    await visits.forget();
    const ended = await visits.run(one, 15_000);
    expect(ended).toHaveProperty("result");
    expect(one.agrees((ended as { result: unknown }).result)).toBe(true);
    told[name] = visits.toldBits;
    expect(visits.toldBits).toBeGreaterThan(10);
    expect(visits.toldBits).toBeLessThan(toldLimits.answers / 4);
  },
);

test("the figures of docs/design/reads.md", () => {
  console.log(`bits told, of ${toldLimits.answers}: ${JSON.stringify(told)}`);
  expect(Object.keys(told)).toHaveLength(cases.length);
});
