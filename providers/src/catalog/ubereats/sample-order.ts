/** An order as a sample shows it: what the recording of three orders has as its first. */
export const sampleOrder = {
  orderId: "1ck94207-9339-5590-2727-912721194805",
  status: "completed" as const,
  phase: "COMPLETED",
  completedAt: "2026-11-16T02:14:09.000Z",
  lastChangedAt: "2026-11-16T02:14:09.000Z",
  fulfillment: "DELIVERY",
  interaction: "leave_at_door",
  currency: "USD",
  itemCount: 1,
  items: [
    {
      itemId: "0de46355-0801-7184-7104-040902236668",
      title: "Dan dan noodles",
      priceCents: 1550,
      quantity: 1,
      specialInstructions: "No cilantro, please",
      customizations: [
        {
          title: "Spice level",
          options: [
            {
              title: "Extra chili oil",
              priceCents: 75,
              quantity: 1,
            },
          ],
        },
      ],
    },
  ],
  store: {
    storeId: "9573e098-0801-7184-4478-088298819734",
    name: "Copper Kettle Noodles",
    slug: "copper-kettle-noodles",
    imageUrl: "/static/store/copper-kettle-noodles.svg",
    address: {
      line1: "387 Rutav St",
      city: "Vidopat",
      region: "WA",
      postalCode: "50681",
      country: "US",
      formatted: "387 Rutav St, Vidopat, WA 50681",
    },
  },
  courierName: "Nis",
  totalCents: 2222,
  totalAgrees: true,
  charges: [
    {
      label: "Subtotal",
      key: "eats_fare.subtotal",
      type: "credit",
      amount: 15.5,
    },
    {
      label: "Tax on Delivery Fees",
      key: "eats.mp.charges.bundled_delivery_fee_taxes",
      type: "credit",
      amount: 0.48,
    },
    {
      label: "Tax",
      key: "eats.tax.base",
      type: "credit",
      amount: 1.6,
    },
    {
      label: "Delivery Fee",
      key: "eats.mp.charges.delivery_fee",
      type: "credit",
      amount: 2.99,
    },
    {
      label: "Service Fee and Other Fees",
      key: "eats.mp.charges.basket_dependent_fee",
      type: "credit",
      amount: 2.33,
    },
    {
      label: "Tip",
      key: "eats_fare.tip",
      type: "credit",
      amount: 2.31,
    },
    {
      label: "Membership Benefit",
      key: "eats.discounts.membership",
      type: "debit",
      amount: -2.99,
    },
    {
      label: "Total",
      key: "eats_fare.total",
      type: "credit",
      amount: 22.22,
    },
  ],
  raw: {
    totalPrice: 2222,
    ratingInfo: {
      isRatable: true,
      userRatings: [],
    },
  },
};
