import {
  boolean,
  currency,
  decimal,
  id,
  integer,
  list,
  orNull,
  text,
  textOrNull,
  time,
  valuesOf,
} from "@passage/providers/reads/leaf";
import { param, reads, request, seen } from "@passage/providers/reads/read";
import { pause } from "@passage/providers/steps/step";
import * as z from "zod";

const option = z.object({ title: text(200), price: integer().nullable(), quantity: integer().nullable() });
const customization = z.object({
  title: textOrNull(200),
  childOptions: z.object({ options: list(option, 100).nullable() }),
});
const item = z.object({
  uuid: id().nullable(),
  title: text(200),
  price: integer(),
  quantity: integer(1),
  specialInstructions: textOrNull(500),
  customizations: list(customization, 100).nullable(),
});
const address = z.object({
  address1: textOrNull(200),
  city: textOrNull(100),
  region: textOrNull(100),
  postalCode: textOrNull(20, { digits: true }),
  country: textOrNull(60),
  eaterFormattedAddress: textOrNull(300, { digits: true }),
});
const receiptRow = z.object({ label: text(120), key: id().nullable(), type: id().nullable(), rawValue: decimal() });
/** Shown as it is, and nothing depends on it. */
const ratingInfo = z.object({
  isRatable: orNull(boolean()),
  userRatings: orNull(list(z.object({ rating: orNull(integer(0, 10)) }), 20)),
});
/** Every documented key must be there, though its value may be null: one that is missing was renamed. */
const order = z.object({
  baseEaterOrder: z.object({
    uuid: id(),
    completedAt: time().nullable(),
    lastStateChangeAt: time().nullable(),
    isCancelled: boolean().nullable(),
    isCompleted: boolean().nullable(),
    orderPhase: textOrNull(60),
    fulfillmentType: textOrNull(60),
    numItems: integer().nullable(),
    currencyCode: currency(),
    shoppingCart: z.object({ items: list(item, 200) }),
  }),
  storeInfo: z.object({
    uuid: id().nullable(),
    title: text(200),
    slug: textOrNull(200, { digits: true }),
    heroImageUrl: textOrNull(500, { digits: true }),
    location: z.object({ address: address.nullable() }),
  }),
  courierInfo: z.object({ name: textOrNull(60) }),
  fareInfo: z.object({ totalPrice: decimal().nullable(), checkoutInfo: list(receiptRow, 60) }),
  ratingInfo: orNull(ratingInfo),
  interactionType: textOrNull(60),
});
/** An order in the site's own keys and units. */
export type SiteOrder = z.infer<typeof order>;

const pageOfOrders = z.object({
  meta: z.object({ hasMore: boolean() }),
  orderUuids: list(id(), 50),
  ordersMap: valuesOf(order, 50),
});

/** The orders page's own call. A refusal may come with status 200 too. */
export const pastOrders = reads({
  orders: request({
    what: "your orders: restaurant and its address, items, prices, times, courier's name and your rating",
    on: "https://www.ubereats.com/",
    post: "/_p/api/getPastOrdersV1",
    headers: { "x-csrf-token": "x" },
    json: { lastWorkflowUUID: param("after") },
    newest: { rows: "data.ordersMap.*", by: "baseEaterOrder.lastStateChangeAt" },
    params: { after: seen("orders", "data.orderUuids[]", { orEmpty: true }) },
    data: z.discriminatedUnion("status", [
      z.object({ status: z.literal("success"), data: pageOfOrders }),
      z.object({
        status: z.literal("failure"),
        data: orNull(z.object({ code: orNull(z.union([integer(), id(64, { digits: true })])) })),
      }),
    ]),
  }),
});

/** `pace`: the site's own pages leave as much between two of them. `backOff`: after it was asked too often. */
export const pauses = { pace: pause(700), backOff: pause(60_000) };
