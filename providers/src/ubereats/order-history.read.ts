import * as z from "zod";
import { operation } from "../define.ts";
import { orderTotal } from "./fare.ts";
import { readPastOrders, type SiteOrder } from "./past-orders.ts";
import { sampleOrder } from "./sample-order.ts";
import { openOrders } from "./sign-in.ts";

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
  raw: z.object({ totalPrice: z.number().nullable(), ratingInfo: z.json() }).describe("As the site says it."),
});

export const orderHistoryRead = operation({
  resource: "orderHistory",
  action: "read",
  description: "Your past orders: restaurants, items, prices and dates",
  arguments: historyArguments,
  result: z.object({ orderCount: z.number().int(), orders: z.array(order) }),
  sample: { orderCount: 1, orders: [sampleOrder] },
  manifest: {
    origins: ["https://www.ubereats.com", "https://auth.uber.com", "https://appleid.apple.com"],
    signIn: ["https://auth.uber.com", "https://appleid.apple.com"],
    commands: ["fetchInPage"],
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
  const { totalCents, agrees } = orderTotal(site.totalPrice, site.checkoutInfo);
  const { uuid, title, slug, heroImageUrl, address } = site.store;
  return {
    orderId: site.uuid,
    status: site.isCancelled ? "cancelled" : site.isCompleted ? "completed" : "active",
    phase: site.orderPhase,
    completedAt: site.completedAt,
    lastChangedAt: site.lastStateChangeAt,
    fulfillment: site.fulfillmentType,
    interaction: site.interactionType,
    currency: site.currencyCode,
    itemCount: site.numItems,
    items: site.items.map(toItem),
    store: {
      storeId: uuid,
      name: title,
      slug,
      imageUrl: heroImageUrl,
      address: address && {
        line1: address.address1,
        city: address.city,
        region: address.region,
        postalCode: address.postalCode,
        country: address.country,
        formatted: address.eaterFormattedAddress,
      },
    },
    courierName: site.courierName || null,
    totalCents,
    totalAgrees: agrees,
    charges: site.checkoutInfo.map(({ label, key, type, rawValue }) => ({ label, key, type, amount: rawValue })),
    raw: { totalPrice: site.totalPrice, ratingInfo: site.ratingInfo },
  };
}

function toItem(site: SiteOrder["items"][number]): z.input<typeof item> {
  return {
    itemId: site.uuid,
    title: site.title,
    priceCents: site.price,
    quantity: site.quantity,
    specialInstructions: site.specialInstructions || null,
    customizations: (site.customizations ?? []).map(({ title, options }) => ({
      title,
      options: (options ?? []).map((one) => ({ title: one.title, priceCents: one.price, quantity: one.quantity })),
    })),
  };
}
