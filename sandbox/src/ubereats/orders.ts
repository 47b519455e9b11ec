import { type MenuItem, type Store, stores } from "./stores.ts";
import type { Diner } from "./users.ts";

/** The site's own page size. */
export const pageSize = 10;
const newest = Date.UTC(2026, 10, 16, 2, 14, 9);
const hourMs = 3_600_000;

/** One order in the site's own keys: item prices in cents, checkout rows in dollars, the total in cents with float noise. */
export type Order = ReturnType<typeof orderAt>;

/** A page of the diner's orders, newest first, after the one with this uuid; null for a uuid that is none of theirs. */
export function ordersAfter(diner: Diner, lastUuid: string): { orders: Order[]; hasMore: boolean } | null {
  const from = lastUuid === "" ? 0 : indexOf(lastUuid) + 1;
  if (!Number.isInteger(from) || from < 0 || from > diner.orderCount) return null;
  const until = Math.min(from + pageSize, diner.orderCount);
  const orders = Array.from({ length: until - from }, (_, offset) => orderAt(from + offset));
  return { orders, hasMore: until < diner.orderCount };
}

/** @param index 0 is the newest. Every order is the same for every diner, so that a test can name it. */
function orderAt(index: number) {
  const store = stores[(index * 3) % stores.length] ?? stores[0];
  const isCancelled = index % 9 === 4;
  const isRefunded = index % 11 === 6;
  const changedAt = new Date(newest - index * 61 * hourMs).toISOString();
  const items = itemsOf(index, store);
  const charges = isCancelled ? [] : chargesOf(index, items, isRefunded);
  return {
    baseEaterOrder: {
      uuid: uuidOf(index),
      completedAt: isCancelled ? null : changedAt,
      lastStateChangeAt: changedAt,
      isCancelled,
      isCompleted: !isCancelled,
      orderPhase: isCancelled ? "CANCELLED" : "COMPLETED",
      fulfillmentType: index % 5 === 2 ? "PICKUP" : "DELIVERY",
      numItems: items.reduce((sum, { quantity }) => sum + quantity, 0),
      currencyCode: store.currencyCode,
      shoppingCart: { currencyCode: store.currencyCode, items },
    },
    storeInfo: storeInfo(store),
    courierInfo: { name: isCancelled || index % 5 === 2 ? "" : ["Ana", "Bo", "Chidi"][index % 3] },
    fareInfo: fareInfo(charges),
    ratingInfo: { isRatable: !isCancelled, userRatings: index % 4 === 1 ? [{ rating: 5 }] : [] },
    interactionType: index % 2 === 0 ? "leave_at_door" : "door_to_door",
  };
}

function itemsOf(index: number, store: Store) {
  const count = 1 + (index % store.menu.length);
  return store.menu.slice(0, count).map((item, place) => ({
    uuid: uuidOf(index, place + 1),
    title: item.title,
    price: item.price + (hasExtra(item, index) ? item.extra.price : 0),
    quantity: place === 0 ? 1 + (index % 3) : 1,
    specialInstructions: index % 6 === 0 && place === 0 ? "No cilantro, please" : "",
    customizations: hasExtra(item, index) ? [customization(index, place, item.extra)] : [],
  }));
}

function hasExtra(item: MenuItem, index: number): item is MenuItem & { extra: NonNullable<MenuItem["extra"]> } {
  return item.extra !== undefined && index % 2 === 0;
}

function customization(index: number, place: number, { group, option, price }: NonNullable<MenuItem["extra"]>) {
  const chosen = {
    uuid: uuidOf(index, place + 201),
    title: option,
    price,
    quantity: 1,
    childCustomizationList: [],
  };
  return { uuid: uuidOf(index, place + 101), title: group, childOptions: { options: [chosen] }, groupId: 0 };
}

type Charge = { label: string; key: string; cents: number };

function chargesOf(index: number, items: { price: number; quantity: number }[], isRefunded: boolean): Charge[] {
  const subtotal = items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const hasMembership = index % 3 === 0;
  const charges: Charge[] = [
    { label: "Subtotal", key: "eats_fare.subtotal", cents: subtotal },
    { label: "Tax on Delivery Fees", key: "eats.mp.charges.bundled_delivery_fee_taxes", cents: 48 },
    { label: "Tax", key: "eats.tax.base", cents: Math.round(subtotal * 0.1035) },
    { label: "Delivery Fee", key: "eats.mp.charges.delivery_fee", cents: 299 },
    {
      label: "Service Fee and Other Fees",
      key: "eats.mp.charges.basket_dependent_fee",
      cents: Math.round(subtotal * 0.15),
    },
    { label: "Tip", key: "eats_fare.tip", cents: index % 4 === 3 ? 0 : 231 },
  ];
  if (hasMembership) charges.push({ label: "Membership Benefit", key: "eats.discounts.membership", cents: -299 });
  if (index % 7 === 1) charges.push({ label: "Promotions", key: "eats.discounts.store_promotion", cents: -500 });
  const paid = charges.reduce((sum, { cents }) => sum + cents, 0);
  // No public source shows a refunded order; this is the plainest way that the rows could say it.
  return isRefunded ? [...charges, { label: "Refund", key: "eats_fare.refund", cents: -paid }] : charges;
}

/** As the real site has it: the rows in dollars, their sum in cents and with the noise of adding dollars up. */
function fareInfo(charges: readonly Charge[]) {
  const rows = charges.map(({ label, key, cents }) => ({
    label,
    key,
    type: cents < 0 ? "debit" : "credit",
    rawValue: cents / 100,
  }));
  const sum = rows.reduce((dollars, { rawValue }) => dollars + rawValue, 0);
  const total = { label: "Total", key: "eats_fare.total", type: "credit", rawValue: sum };
  return { totalPrice: sum * 100, checkoutInfo: rows.length > 0 ? [...rows, total] : [] };
}

function storeInfo({ title, slug, hue, address }: Store) {
  const { address1, city, region, postalCode } = address;
  return {
    uuid: `5709e000-0000-4000-8000-${String(hue).padStart(12, "0")}`,
    title,
    heroImageUrl: `/static/store/${slug}.svg`,
    slug,
    location: {
      address: { ...address, eaterFormattedAddress: `${address1}, ${city}, ${region} ${postalCode}` },
    },
  };
}

/** `place` 0 is the order itself, others are things in it. */
function uuidOf(index: number, place = 0): string {
  return `0de70000-0000-4000-8${String(place).padStart(3, "0")}-${String(index).padStart(12, "0")}`;
}

function indexOf(uuid: string): number {
  return uuid === uuidOf(Number(uuid.slice(-12))) ? Number(uuid.slice(-12)) : Number.NaN;
}
