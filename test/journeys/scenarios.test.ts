import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { journey } from "../harness/journey.ts";
import { passageBin } from "../harness/passage-process.ts";
import { usePassage } from "../harness/use-passage.ts";

/** Each row that `passage sandbox users` prints, run through the whole product: it ends as its row says. */
interface Row {
  name: string;
  outcome: string;
  holds: Record<string, number>;
  account: { holderName?: string; memberSince?: string };
}
const table = execFileSync(process.execPath, [passageBin, "sandbox", "users", "--json"], { encoding: "utf8" });
const { groups }: { groups: { sites: { provider: string }[]; users: Row[] }[] } = JSON.parse(table);
// Sites with the same users take turns: each user on one of them, and each of them with a third of the users.
const rows = groups.flatMap(({ sites, users }) =>
  users.map((user, index) => ({ provider: sites[index % sites.length]?.provider ?? "", ...user })),
);

const passage = usePassage();
const account = { resource: "account", action: "read" } as const;
const reads: Record<string, { resource: string; action: "read" }[]> = {
  ubereats: [{ resource: "orderHistory", action: "read" }, account],
  "apple-review": [{ resource: "readHistory", action: "read" }, account],
};
const carrierReads = [
  { resource: "mobileBillingStatement", action: "read" },
  { resource: "paymentMethod", action: "read" },
  account,
];

const times: string[] = [];
afterAll(() => console.log(times.sort().join("\n")));

describe.concurrent("scenarios", () => {
  test.each(rows)(
    "$provider $name: $outcome",
    { timeout: 120_000 },
    async ({ provider, name, outcome, holds, account }) => {
      const startedAt = performance.now();
      const { event, outcomes } = await journey(passage, provider, name, reads[provider] ?? carrierReads);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5);
      const ended = event.status === "complete" ? "complete" : String(event.error?.details?.reason);
      times.push(`${provider.padEnd(13)} ${name.padEnd(20)} ${ended.padEnd(24)} ${seconds} s`);
      expect(ended, JSON.stringify(event.error)).toBe(outcome);
      if (outcome !== "complete") return;
      const lists = Object.assign({}, ...outcomes.map(({ data }) => data)) as Record<string, object[]>;
      for (const [list, length] of Object.entries(holds)) expect(lists[list], list).toHaveLength(length);
      expectRight(lists);
      const { accountId, ...profile } = (outcomes.at(-1) as (typeof outcomes)[number]).data as { accountId: string };
      expect(profile).toEqual(account);
      expectOwn(`${provider} ${name}`, accountId);
    },
  );
});

const codes = new Map<string, string>();

/** A code for each account, and no two the same. */
function expectOwn(who: string, accountId: string): void {
  expect(accountId).toMatch(/^acct_[0-9a-z]{25}$/);
  expect([...codes.values()]).not.toContain(accountId);
  codes.set(who, accountId);
}

/** The newest months of every account, with the amount that tells them apart; totals that agree; and no entry twice. */
function expectRight({ billing = [], orders = [], history = [] }: Record<string, object[]>): void {
  const bills = billing as { periodStart: string; amountDue: number }[];
  const known = [85, 85, 92.13, 85, 1042.17].slice(0, bills.length);
  expect(bills.slice(0, 5).map(({ amountDue }) => amountDue)).toEqual(known);
  expect(orders).not.toContainEqual(expect.objectContaining({ totalAgrees: false }));
  const ids = [
    bills.map(({ periodStart }) => periodStart),
    (orders as { orderId: string }[]).map(({ orderId }) => orderId),
    (history as { id: string }[]).map(({ id }) => id),
  ];
  for (const list of ids) expect(new Set(list).size).toBe(list.length);
}
