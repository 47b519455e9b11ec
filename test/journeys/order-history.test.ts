import { expect, test } from "vitest";
import { journey } from "../harness/journey.ts";
import { countRequests, readSandboxLog } from "../harness/sandbox-log.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();
const timeout = 120_000;

type History = { orderCount: number; orders: Record<string, unknown>[] };

async function run(user: string, args: object = {}) {
  const read = { resource: "orderHistory", action: "read", arguments: args };
  const { event } = await journey(passage, "ubereats", user, [read]);
  return { ...event, result: event.result as unknown as History };
}

test("orders come item by item, with cents and dollars apart", { timeout }, async () => {
  const { event, result } = await run("user_good", { limit: 7 });
  expect(event).toBe("link.complete");
  expect(result.orderCount).toBe(7);
  const [newest, , , , cancelled] = result.orders;
  expect(newest).toEqual({
    orderId: "0de70000-0000-4000-8000-000000000000",
    status: "completed",
    phase: "COMPLETED",
    completedAt: "2026-11-16T02:14:09.000Z",
    lastChangedAt: "2026-11-16T02:14:09.000Z",
    fulfillment: "DELIVERY",
    interaction: "leave_at_door",
    currency: "USD",
    itemCount: 1,
    items: [
      {
        itemId: "0de70000-0000-4000-8001-000000000000",
        title: "Dan dan noodles",
        priceCents: 1550,
        quantity: 1,
        specialInstructions: "No cilantro, please",
        customizations: [
          { title: "Spice level", options: [{ title: "Extra chili oil", priceCents: 75, quantity: 1 }] },
        ],
      },
    ],
    store: {
      storeId: "5709e000-0000-4000-8000-000000000028",
      name: "Copper Kettle Noodles",
      slug: "copper-kettle-noodles",
      imageUrl: "/static/store/copper-kettle-noodles.svg",
      address: {
        line1: "412 Alder St",
        city: "Seattle",
        region: "WA",
        postalCode: "98101",
        country: "US",
        formatted: "412 Alder St, Seattle, WA 98101",
      },
    },
    courierName: "Ana",
    totalCents: 2222,
    totalAgrees: true,
    charges: expect.arrayContaining([
      {
        label: "Tax on Delivery Fees",
        key: "eats.mp.charges.bundled_delivery_fee_taxes",
        type: "credit",
        amount: 0.48,
      },
      { label: "Membership Benefit", key: "eats.discounts.membership", type: "debit", amount: -2.99 },
    ]),
    raw: { totalPrice: expect.closeTo(2222), ratingInfo: { isRatable: true, userRatings: [] } },
  });
  expect(cancelled).toMatchObject({
    status: "cancelled",
    completedAt: null,
    totalCents: 0,
    totalAgrees: null,
    charges: [],
  });
  const refunded = result.orders[6] as { charges: { label: string }[] };
  expect(refunded.charges.map(({ label }) => label)).toContain("Refund");
  // Ten orders a page: seven need one page from the automation, beside the site's own.
  expect(countRequests(await readSandboxLog(passage.port))).not.toHaveProperty([
    "POST www.ubereats.localhost/_p/api/getPastOrdersV1 (getPastOrdersV1:next)",
  ]);
});

test("a changed site is told with the spot", { timeout }, async () => {
  const { error } = await run("user_changed");
  const seen = expect.stringContaining("data.ordersMap.*.fareInfo");
  expect(error).toMatchObject({ code: "AUTOMATION_ERROR", details: { reason: "site_changed", seen } });
});
