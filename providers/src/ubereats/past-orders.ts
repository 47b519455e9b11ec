import * as z from "zod";
import { failure } from "../failure.ts";
import { toCents } from "../money.ts";
import type { Page } from "../page.ts";
import { demandNoRepeats } from "../repeats.ts";
import { answered, siteAnswerMs, siteData } from "../site-data.ts";
import { reopenOrders } from "./sign-in.ts";

/**
 * The orders page's own call (facts/providers 5.2). It is made by the page, because the site wants its origin; only what the
 * path names leaves the device.
 */
const what = "Uber Eats' orders";
const paceMs = 700;
const backOffMs = 60_000;

const address = "{address1,city,region,postalCode,country,eaterFormattedAddress}";
const option = "{title,price,quantity}";
const item = `{uuid,title,price,quantity,specialInstructions,customizations:customizations[].{title,options:childOptions.options[].${option}}}`;
const orderKeys = [
  "completedAt",
  "lastStateChangeAt",
  "isCancelled",
  "isCompleted",
  "orderPhase",
  "fulfillmentType",
  "numItems",
];
/** Every documented key must be there, though its value may be null: one that is missing was renamed. */
const order = [
  "uuid:baseEaterOrder.uuid",
  ...orderKeys.map((key) => `${key}:baseEaterOrder.${key}`),
  "currencyCode:baseEaterOrder.currencyCode",
  `items:baseEaterOrder.shoppingCart.items[].${item}`,
  `store:storeInfo.{uuid,title,slug,heroImageUrl,address:location.address.${address}}`,
  "courierName:courierInfo.name",
  "totalPrice:fareInfo.totalPrice",
  "checkoutInfo:fareInfo.checkoutInfo[].{label,key,type,rawValue}",
  "ratingInfo",
  "interactionType",
].join(",");
const path = `{status,code:data.code?,hasMore:data.meta?.hasMore?,uuids:data.orderUuids?,orders:data.ordersMap?.*.{${order}}}`;

const text = z.string().nullable();
const time = z.iso.datetime().nullable();
const siteOrder = z.object({
  uuid: z.string(),
  completedAt: time,
  lastStateChangeAt: time,
  isCancelled: z.boolean().nullable(),
  isCompleted: z.boolean().nullable(),
  orderPhase: text,
  fulfillmentType: text,
  numItems: z.number().int().nullable(),
  currencyCode: z.string().regex(/^[A-Z]{3}$/),
  items: z.array(
    z.object({
      uuid: text,
      title: z.string(),
      price: z.number().int(),
      quantity: z.number().int().positive(),
      specialInstructions: text,
      customizations: z
        .array(
          z.object({
            title: text,
            options: z
              .array(
                z.object({
                  title: z.string(),
                  price: z.number().int().nullable(),
                  quantity: z.number().int().nullable(),
                }),
              )
              .nullable(),
          }),
        )
        .nullable(),
    }),
  ),
  store: z.object({
    uuid: text,
    title: z.string(),
    slug: text,
    heroImageUrl: text,
    address: z
      .object({
        address1: text,
        city: text,
        region: text,
        postalCode: text,
        country: text,
        eaterFormattedAddress: text,
      })
      .nullable(),
  }),
  courierName: text,
  totalPrice: z.number().nullable(),
  checkoutInfo: z.array(z.object({ label: z.string(), key: text, type: text, rawValue: z.number() })),
  ratingInfo: z.json(),
  interactionType: text,
});
/** An order in the site's own keys and units. */
export type SiteOrder = z.infer<typeof siteOrder>;

const pastOrders = z.object({
  status: z.literal("success"),
  hasMore: z.boolean(),
  uuids: z.array(z.string()),
  orders: z.array(siteOrder),
});
const refusal = z.object({ status: z.literal("failure"), code: z.union([z.number(), z.string()]).nullable() });

/** The person's orders, newest first: at most `limit`, and no page of ten more than that needs. */
export async function readPastOrders(page: Page, limit = Number.POSITIVE_INFINITY): Promise<SiteOrder[]> {
  const found: SiteOrder[] = [];
  const known = new Set<string>();
  for (let lastUuid = ""; ; ) {
    const { orders, uuids, hasMore } = await readPage(page, lastUuid);
    const byUuid = new Map(orders.map((one) => [one.uuid, one]));
    const fresh = [...new Set(uuids)].filter((uuid) => !known.has(uuid)).map((uuid) => demandOrder(byUuid.get(uuid)));
    for (const one of fresh) known.add(one.uuid);
    found.push(...fresh);
    lastUuid = found.at(-1)?.uuid ?? "";
    if (hasMore && fresh.length === 0)
      throw failure("site_changed", "Uber Eats says that there are more orders, and shows none.", {
        expected: "orders that were not shown before",
        seen: `${uuids.length} that were`,
      });
    if (!hasMore || found.length >= limit) return found.sort(byTime).slice(0, limit);
    await page.updateStatus({ heading: "Reading your orders", subheading: `${found.length} so far` });
  }
}

/** Newest first, whatever order a page has. */
function byTime(one: SiteOrder, other: SiteOrder): number {
  return (one.lastStateChangeAt ?? "") < (other.lastStateChangeAt ?? "") ? 1 : -1;
}

/** A session that ended, or a context that the site lost, is mended once by opening the orders again. */
async function readPage(page: Page, lastUuid: string): Promise<z.infer<typeof pastOrders>> {
  let isMended = false;
  let isRested = false;
  for (;;) {
    const answer = await ask(page, lastUuid);
    if (answer.kind === "orders") return answer.orders;
    if (answer.kind === "signed_out" && !isMended) {
      isMended = true;
      await reopenOrders(page);
    } else if (answer.kind === "too_many" && !isRested) {
      isRested = true;
      await page.waitForTimeout({ timeout: backOffMs });
    } else if (answer.kind === "signed_out")
      throw failure("site_changed", "Uber Eats does not know the signed-in person when the orders are read.", {
        expected: "an answer for the signed-in person",
        seen: `status or code ${answer.code}`,
      });
    else throw failure("blocked_by_site", "Uber Eats answers that it was asked too often. Try again later.");
  }
}

type Answer =
  | { readonly kind: "orders"; readonly orders: z.infer<typeof pastOrders> }
  | { readonly kind: "signed_out"; readonly code: number | string }
  | { readonly kind: "too_many" };

/** One page of orders, after a pause that the site's own pages leave too. */
async function ask(page: Page, lastWorkflowUUID: string): Promise<Answer> {
  const { status, body } = await siteData(
    what,
    request(page, lastWorkflowUUID),
    z.object({ status: z.number(), body: z.json() }),
  );
  const refused = refusal.safeParse(body).data;
  const code = Number(refused?.code ?? status);
  if (code === 401 || code === 403 || code === 3) return { kind: "signed_out", code };
  if (code === 429) return { kind: "too_many" };
  if (refused) throw failure("site_down", `${what} were refused with code ${code}.`, { code });
  return {
    kind: "orders",
    orders: await siteData(what, Promise.resolve(answered(what, { status, body })), pastOrders),
  };
}

async function request(page: Page, lastWorkflowUUID: string) {
  const [, response] = await page.batch([
    ["waitForTimeout", { timeout: paceMs }],
    [
      "fetchInPage",
      {
        url: page.siteUrl("https://www.ubereats.com/_p/api/getPastOrdersV1"),
        method: "POST",
        headers: { "content-type": "application/json", "x-csrf-token": "x" },
        body: JSON.stringify({ lastWorkflowUUID }),
        path,
        timeout: siteAnswerMs,
      },
    ],
  ]);
  return response;
}

function demandOrder(found: SiteOrder | undefined): SiteOrder {
  if (found) {
    demandNoRepeats("An order's items", found.items);
    demandNoRepeats("The rows of an order's receipt", found.checkoutInfo);
    demandUnits(found);
    return found;
  }
  throw failure("site_changed", "Uber Eats lists an order that it does not describe.", {
    expected: "an entry of ordersMap for each of orderUuids",
    seen: "none",
  });
}

/** Items are in cents and the receipt in the currency's unit: a sum that is ten times the other is in another unit. */
function demandUnits({ items, checkoutInfo }: SiteOrder): void {
  const subtotal = checkoutInfo.find(({ key }) => key === "eats_fare.subtotal");
  if (!subtotal) return;
  const told = toCents(subtotal.rawValue);
  const counted = items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  if (counted * 10 > told && counted < told * 10) return;
  throw failure("schema_drift", "An Uber Eats order's items and its receipt are not in the units that are known.", {
    expected: "prices in cents, and a subtotal in the currency's unit",
    seen: "sums that are far apart",
  });
}
