import { failure } from "@passage/providers/failure";
import { toCents } from "@passage/providers/money";
import type { Page } from "@passage/providers/page";
import { dataOf } from "@passage/providers/reads/answer";
import { newest } from "@passage/providers/reads/read";
import { demandNoRepeats } from "@passage/providers/repeats";
import type * as z from "zod";
import { pastOrders, pauses, type SiteOrder } from "./orders.ts";
import { reopenOrders } from "./sign-in.ts";

type Told = z.infer<typeof pastOrders.orders.data>;
type PageOfOrders = Extract<Told, { status: "success" }>["data"];

/** The person's orders, newest first: at most `limit`, and no page of ten more than that needs. */
export async function readPastOrders(page: Page, limit = Number.POSITIVE_INFINITY): Promise<SiteOrder[]> {
  const found = new Map<string, SiteOrder>();
  for (let lastUuid = ""; ; ) {
    // A later page may repeat orders, which must not count among the newest.
    const newestOnly =
      lastUuid === "" && limit < Number.POSITIVE_INFINITY ? await readPage(page, lastUuid, limit) : null;
    const isTold = newestOnly !== null && hasFirst(newestOnly, limit);
    const { ordersMap, orderUuids, meta } = isTold ? newestOnly : await readPage(page, lastUuid);
    const byUuid = new Map(ordersMap.map((one) => [one.baseEaterOrder.uuid, one]));
    const fresh = [...new Set(orderUuids)].filter((uuid) => !found.has(uuid));
    for (const uuid of isTold ? fresh.slice(0, limit) : fresh) found.set(uuid, demandOrder(byUuid.get(uuid)));
    lastUuid = fresh.at(-1) ?? lastUuid;
    if (meta.hasMore && fresh.length === 0)
      throw failure("site_changed", "Uber Eats says that there are more orders, and shows none.", {
        expected: "orders that were not shown before",
        seen: `${orderUuids.length} that were`,
      });
    if (!meta.hasMore || found.size >= limit) return [...found.values()].sort(byTime).slice(0, limit);
    await page.updateStatus({ heading: "Reading your orders", subheading: `${found.size} so far` });
  }
}

/** Whether the newest orders are the first that the site lists: otherwise one that it lists and does not describe would be missed. */
function hasFirst({ ordersMap, orderUuids }: PageOfOrders, limit: number): boolean {
  const described = new Set(ordersMap.map(({ baseEaterOrder }) => baseEaterOrder.uuid));
  const first = [...new Set(orderUuids)].slice(0, limit);
  return first.every((uuid) => described.has(uuid));
}

/** Newest first, whatever order a page has. */
function byTime({ baseEaterOrder: one }: SiteOrder, { baseEaterOrder: other }: SiteOrder): number {
  const [at, otherAt] = [one.lastStateChangeAt ?? "", other.lastStateChangeAt ?? ""];
  if (at === otherAt) return 0;
  return at < otherAt ? 1 : -1;
}

/** A session that ended, or a context that the site lost, is mended once by opening the orders again. */
async function readPage(page: Page, lastUuid: string, limit?: number): Promise<PageOfOrders> {
  let isMended = false;
  let isRested = false;
  for (;;) {
    const answer = await ask(page, lastUuid, limit);
    if (answer.kind === "orders") return answer.orders;
    if (answer.kind === "signed_out" && !isMended) {
      isMended = true;
      await reopenOrders(page);
    } else if (answer.kind === "too_many" && !isRested) {
      isRested = true;
      await page.rest(pauses.backOff);
    } else if (answer.kind === "signed_out")
      throw failure("site_changed", "Uber Eats does not know the signed-in person when the orders are read.", {
        expected: "an answer for the signed-in person",
        seen: answer.seen,
      });
    else throw failure("blocked_by_site", "Uber Eats answers that it was asked too often. Try again later.");
  }
}

type Answer =
  | { readonly kind: "orders"; readonly orders: PageOfOrders }
  | { readonly kind: "signed_out"; readonly seen: string }
  | { readonly kind: "too_many" };

/** One page of orders, after a pause. */
async function ask(page: Page, after: string, limit: number | undefined): Promise<Answer> {
  const orders = newest(pastOrders.orders, limit);
  const answer = await page.ask(orders, { after }, { first: pauses.pace });
  if (answer.status === "refused") return { kind: "signed_out", seen: "a refusal by status" };
  if (answer.status === "too_many") return { kind: "too_many" };
  const told = dataOf(orders, answer);
  if (told.status === "success") return { kind: "orders", orders: told.data };
  const code = Number(told.data?.code ?? 200);
  if (code === 401 || code === 403 || code === 3) return { kind: "signed_out", seen: `code ${code}` };
  if (code === 429) return { kind: "too_many" };
  throw failure("site_down", `Uber Eats' orders were refused with code ${code}.`, { code });
}

function demandOrder(found: SiteOrder | undefined): SiteOrder {
  if (found) {
    demandNoRepeats("An order's items", found.baseEaterOrder.shoppingCart.items);
    demandNoRepeats("The rows of an order's receipt", found.fareInfo.checkoutInfo);
    demandUnits(found);
    return found;
  }
  throw failure("site_changed", "Uber Eats lists an order that it does not describe.", {
    expected: "an entry of ordersMap for each of orderUuids",
    seen: "none",
  });
}

/** Items are in cents and the receipt in the currency's unit: a sum that is ten times the other is in another unit. */
function demandUnits({ baseEaterOrder, fareInfo }: SiteOrder): void {
  const subtotal = fareInfo.checkoutInfo.find(({ key }) => key === "eats_fare.subtotal");
  if (!subtotal) return;
  const told = toCents(subtotal.rawValue);
  const counted = baseEaterOrder.shoppingCart.items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  if (counted * 10 > told && counted < told * 10) return;
  throw failure("schema_drift", "An Uber Eats order's items and its receipt are not in the units that are known.", {
    expected: "prices in cents, and a subtotal in the currency's unit",
    seen: "sums that are far apart",
  });
}
