import { shownTime } from "@passage/providers/dates";
import { operation } from "@passage/providers/define";
import { steps } from "@passage/providers/steps/step";
import * as z from "zod";
import { orderTotal } from "./fare.ts";
import { pastOrders, pauses, type SiteOrder } from "./orders.ts";
import { readPastOrders } from "./past-orders.ts";
import { sampleOrder } from "./sample-order.ts";
import { openOrders, origins, signInOrigins, signInSteps, signInWords } from "./sign-in.ts";

const historyArguments = z.object({
  limit: z.number().int("must be a positive integer").positive("must be a positive integer").optional(),
});

const text = z.string().nullable();
const cents = z.number().int().describe("In cents of the order's currency: 1475 is 14.75.");
const time = text.describe("ISO 8601, UTC.");

const item = z.object({
  itemId: text,
  title: z.string(),
  priceCents: cents,
  quantity: z.number(),
  specialInstructions: text,
  customizations: z.array(
    z.object({
      title: text,
      options: z.array(z.object({ title: z.string(), priceCents: cents.nullable(), quantity: z.number().nullable() })),
    }),
  ),
});

const store = z.object({
  storeId: text,
  name: z.string(),
  slug: text,
  imageUrl: text,
  address: z
    .object({ line1: text, city: text, region: text, postalCode: text, country: text, formatted: text })
    .nullable(),
});

const ratingInfo = z
  .object({
    isRatable: z.boolean().nullable(),
    userRatings: z.array(z.object({ rating: z.number().int().nullable() })).nullable(),
  })
  .nullable();

const order = z.object({
  orderId: z.string(),
  status: z.enum(["completed", "cancelled", "active"]),
  phase: text.describe("The site's own word."),
  completedAt: time,
  lastChangedAt: time,
  fulfillment: text.describe("DELIVERY, PICKUP; the site's own word."),
  interaction: text.describe("How it was handed over; the site's own word."),
  currency: z.string().describe("ISO 4217."),
  itemCount: z.number().nullable(),
  items: z.array(item),
  store,
  courierName: text,
  totalCents: cents.nullable(),
  totalAgrees: z.boolean().nullable().describe("Whether the total is that of the receipt; null without a receipt."),
  charges: z
    .array(z.object({ label: z.string(), key: text, type: text, amount: z.number() }))
    .describe("The receipt. Amounts are in the currency's unit: 14.75."),
  raw: z.object({ totalPrice: z.number().nullable(), ratingInfo }).describe("As the site says it."),
});

export const orderHistoryRead = operation({
  resource: "orderHistory",
  action: "read",
  description: "Your past orders: restaurants, items, prices and dates",
  arguments: historyArguments,
  result: z.object({ orderCount: z.number().int(), orders: z.array(order) }),
  sample: { orderCount: 1, orders: [sampleOrder] },
  manifest: {
    origins,
    signIn: signInOrigins,
    reads: pastOrders,
    steps: steps({ ...signInSteps, ...pauses }),
    says: [...signInWords, "Reading your orders", "{n} so far", "Done", "Your orders were read"],
    evidence: "documented",
  },
  async run(page, args) {
    await openOrders(page);
    await page.updateStatus({ heading: "Reading your orders", progress: 0.5 });
    const orders = (await readPastOrders(page, args.limit)).map(toOrder);
    await page.updateStatus({ heading: "Done", subheading: "Your orders were read", progress: 1 });
    return { orderCount: orders.length, orders };
  },
});

function toOrder(site: SiteOrder): z.input<typeof order> {
  const { baseEaterOrder: base, storeInfo, courierInfo, fareInfo, ratingInfo, interactionType } = site;
  const { totalCents, agrees } = orderTotal(fareInfo.totalPrice, fareInfo.checkoutInfo);
  const { address } = storeInfo.location;
  return {
    orderId: base.uuid,
    status: base.isCancelled ? "cancelled" : base.isCompleted ? "completed" : "active",
    phase: base.orderPhase,
    completedAt: base.completedAt && shownTime(base.completedAt),
    lastChangedAt: base.lastStateChangeAt && shownTime(base.lastStateChangeAt),
    fulfillment: base.fulfillmentType,
    interaction: interactionType,
    currency: base.currencyCode,
    itemCount: base.numItems,
    items: base.shoppingCart.items.map(toItem),
    store: {
      storeId: storeInfo.uuid,
      name: storeInfo.title,
      slug: storeInfo.slug,
      imageUrl: storeInfo.heroImageUrl,
      address: address && {
        line1: address.address1,
        city: address.city,
        region: address.region,
        postalCode: address.postalCode,
        country: address.country,
        formatted: address.eaterFormattedAddress,
      },
    },
    courierName: courierInfo.name,
    totalCents,
    totalAgrees: agrees,
    charges: fareInfo.checkoutInfo.map(({ label, key, type, rawValue }) => ({ label, key, type, amount: rawValue })),
    raw: { totalPrice: fareInfo.totalPrice, ratingInfo },
  };
}

function toItem(site: SiteOrder["baseEaterOrder"]["shoppingCart"]["items"][number]): z.input<typeof item> {
  return {
    itemId: site.uuid,
    title: site.title,
    priceCents: site.price,
    quantity: site.quantity,
    specialInstructions: site.specialInstructions,
    customizations: (site.customizations ?? []).map(({ title, childOptions }) => ({
      title,
      options: (childOptions.options ?? []).map((one) => ({
        title: one.title,
        priceCents: one.price,
        quantity: one.quantity,
      })),
    })),
  };
}
