import { afterAll, beforeAll, expect, test } from "vitest";
import { createLink, getLink } from "../harness/api.ts";
import { openDeviceProcess } from "../harness/open-device.ts";
import { diner } from "../harness/people.ts";
import { startReceiver } from "../harness/receiver.ts";
import { countRequests, readSandboxLog } from "../harness/sandbox-log.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

const orderRead = { integrationId: "ubereats", resource: "orderHistory", action: "read" };
const timeout = 120_000;

type History = { orderCount: number; orders: Record<string, unknown>[] };

/** A link's whole way: claimed, opened, signed in by the person, told by webhook. */
async function run(person: (page: Parameters<typeof diner.withCode>[0]) => Promise<unknown>, args: object = {}) {
  const before = receiver.deliveries.length;
  const link = await createLink(passage, { ...orderRead, arguments: args, webhookUrl: receiver.url });
  const device = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await person(device.person);
  await device.ended;
  const deliveries = await receiver.count(before + 1);
  const event = JSON.parse(deliveries[before]?.body ?? "{}");
  expect(event).toMatchObject({ linkId: link.linkId });
  expect(await getLink(passage, link.linkId)).toMatchObject({ status: event.status });
  return event as { event: string; result: History; error: { code: string; details: Record<string, unknown> } | null };
}

test("orders come item by item, with cents and dollars apart", { timeout }, async () => {
  const { event, result } = await run((page) => diner.withCode(page, "user_good"), { limit: 7 });
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

test.each([
  ["user_no_mfa", diner.withPassword, 12],
  ["user_popup", diner.withApple, 5],
  ["user_empty", diner.withCode, 0],
  ["user_refresh", diner.withCode, 34],
  ["user_context", diner.withCode, 34],
  ["user_many", diner.withCode, 300],
] as const)("%s: complete, with all orders", { timeout }, async (user, signIn, count) => {
  const { error, result } = await run((page) => signIn(page, user));
  expect(error).toBeNull();
  expect(result.orderCount).toBe(count);
  expect(new Set(result.orders.map(({ orderId }) => orderId)).size).toBe(count);
  expect(result.orders.every(({ totalAgrees }) => totalAgrees !== false)).toBe(true);
});

test.each([
  ["user_hang", "site_down", /did not answer/],
  ["user_changed", "site_changed", /data\.ordersMap\.\*\.fareInfo/],
])("%s: fails as %s, and says where", { timeout }, async (user, reason, seen) => {
  const { error } = await run((page) => diner.withCode(page, user));
  expect(error).toMatchObject({ code: "AUTOMATION_ERROR", details: { reason, seen: expect.stringMatching(seen) } });
});

test("user_locked: reads the notice, closes the window, and has given up", { timeout }, async () => {
  const { error } = await run(async (page) => {
    await diner.withCode(page, "user_locked");
    await page.waitForSelector("text=deactivated");
    await page.close();
  });
  expect(error).toMatchObject({ code: "AUTOMATION_ERROR", details: { reason: "user_gave_up" } });
});
