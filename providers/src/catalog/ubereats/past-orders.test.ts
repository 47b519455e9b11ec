import { pageOver } from "@passage/providers/page";
import { nameOfStep, steps } from "@passage/providers/steps/step";
import { expect, test } from "vitest";
import { pauses, type SiteOrder } from "./orders.ts";
import { readPastOrders } from "./past-orders.ts";
import { signInSteps } from "./sign-in.ts";

const named = steps({ ...signInSteps, ...pauses });
const nameOf = new Map(Object.entries(named).map(([name, one]) => [nameOfStep(one), name]));

/** The order with this number; a higher one is older. */
function order(number: number, price = 1475): SiteOrder {
  const at = `2026-11-${String(28 - number).padStart(2, "0")}T02:14:09Z`;
  return {
    baseEaterOrder: {
      uuid: uuidOf(number),
      completedAt: at,
      lastStateChangeAt: at,
      isCancelled: false,
      isCompleted: true,
      orderPhase: "COMPLETED",
      fulfillmentType: "DELIVERY",
      numItems: 1,
      currencyCode: "USD",
      shoppingCart: {
        items: [{ uuid: null, title: "Noodles", price, quantity: 1, specialInstructions: null, customizations: null }],
      },
    },
    storeInfo: { uuid: null, title: "Kettle", slug: null, heroImageUrl: null, location: { address: null } },
    courierInfo: { name: null },
    fareInfo: {
      totalPrice: 1475,
      checkoutInfo: [{ label: "Subtotal", key: "eats_fare.subtotal", type: "credit", rawValue: 14.75 }],
    },
    ratingInfo: null,
    interactionType: null,
  };
}

function uuidOf(number: number): string {
  return `0de70000-${number}`;
}

function listed(numbers: readonly number[], hasMore: boolean, orders = numbers.map((number) => order(number))) {
  const data = { meta: { hasMore }, orderUuids: numbers.map(uuidOf), ordersMap: orders };
  return { status: "ok", data: { status: "success", data } };
}

function refusal(code: number | string | null) {
  return { status: "ok", data: { status: "failure", data: { code } } };
}

/** A signed-in page whose reads are answered so, in order. `asked` has its steps, and what each read asks for. */
function pageThat(...answers: readonly object[]) {
  const asked: string[] = [];
  const left = [...answers];
  const take = (command: string, params: { step?: string; params?: { after: string } }): unknown => {
    if (command === "read") {
      asked.push(`after ${params.params?.after || "nothing"}`);
      return left.shift();
    }
    const name = nameOf.get(params.step ?? "") ?? "";
    if (command === "at") return { holds: name === "signedIn" };
    asked.push(name);
    return name === "ordersPage" ? { status: "ok" } : {};
  };
  const page = pageOver(async (request) => {
    if ("yield" in request) throw new Error("The person is not asked.");
    const { command, params } = request;
    if (command === "updateStatus") return {};
    if (command !== "batch") return take(command, params as object);
    const { commands } = params as { commands: { command: string; params: object }[] };
    return { results: commands.map((one) => ({ result: take(one.command, one.params) })) };
  });
  return { page, asked };
}

test("pages are asked for until the limit is reached, each after a pause; the newest come first", async () => {
  const { page, asked } = pageThat(listed([2, 1], true), listed([1, 4, 3], true));
  const found = await readPastOrders(page, 3);
  expect(found.map(({ baseEaterOrder }) => baseEaterOrder.uuid)).toEqual([1, 2, 3].map(uuidOf));
  expect(asked).toEqual(["pace", "after nothing", "pace", `after ${uuidOf(1)}`]);
});

test.each([
  ["code 3", refusal(3)],
  ["code 401 as text", refusal("401")],
  ["a status", { status: "refused", data: null }],
])("a session that ended, told by %s, is mended once by opening the orders", async (_, ended) => {
  const mended = pageThat(ended, listed([1], false));
  expect(await readPastOrders(mended.page)).toHaveLength(1);
  expect(mended.asked).toEqual(["pace", "after nothing", "ordersPage", "pace", "after nothing"]);
  const details = { reason: "site_changed", expected: "an answer for the signed-in person", seen: expect.any(String) };
  await expect(readPastOrders(pageThat(ended, ended).page)).rejects.toMatchObject({ details });
});

test.each([
  ["code 429", refusal(429)],
  ["a status", { status: "too_many", data: null }],
])("asked too often, told by %s, it rests once", async (_, tooMany) => {
  const rested = pageThat(tooMany, listed([1], false));
  expect(await readPastOrders(rested.page)).toHaveLength(1);
  expect(rested.asked).toContain("backOff");
  const details = { reason: "blocked_by_site" };
  await expect(readPastOrders(pageThat(tooMany, tooMany).page)).rejects.toMatchObject({ details });
});

const [first] = order(1).fareInfo.checkoutInfo;
test.each([
  ["another refusal", refusal(500), "site_down"],
  ["a refusal without a code", { status: "ok", data: { status: "failure", data: null } }, "site_down"],
  ["an address that is gone", { status: "absent", data: null }, "site_changed"],
  ["more orders, and none", listed([], true), "site_changed"],
  ["an order that is not described", listed([1], false, []), "site_changed"],
  ["items in dollars", listed([1], false, [order(1, 15)]), "schema_drift"],
  [
    "a receipt that repeats a row",
    listed([1], false, [{ ...order(1), fareInfo: { totalPrice: 1475, checkoutInfo: first ? [first, first] : [] } }]),
    "schema_drift",
  ],
])("%s", async (_, answer, reason) => {
  await expect(readPastOrders(pageThat(answer).page)).rejects.toMatchObject({ details: { reason } });
});
