/** Prices in cents, as in the site's cart. */
export type MenuItem = { title: string; price: number; extra?: { group: string; option: string; price: number } };
export type Store = {
  title: string;
  slug: string;
  hue: number;
  address: { address1: string; city: string; region: string; postalCode: string; country: string };
  currencyCode: string;
  menu: readonly [MenuItem, ...MenuItem[]];
};

const seattle = { city: "Seattle", region: "WA", country: "US" };

/** Invented restaurants; one of them is abroad, so that some orders have another currency. */
export const stores: readonly [Store, ...Store[]] = [
  {
    title: "Copper Kettle Noodles",
    slug: "copper-kettle-noodles",
    hue: 28,
    address: { address1: "412 Alder St", postalCode: "98101", ...seattle },
    currencyCode: "USD",
    menu: [
      {
        title: "Dan dan noodles",
        price: 1475,
        extra: { group: "Spice level", option: "Extra chili oil", price: 75 },
      },
      { title: "Cucumber salad", price: 650 },
      { title: "Pork and chive dumplings", price: 1125, extra: { group: "Sauce", option: "Black vinegar", price: 0 } },
    ],
  },
  {
    title: "Little Fern Bakery",
    slug: "little-fern-bakery",
    hue: 140,
    address: { address1: "88 Fern Ave", postalCode: "98122", ...seattle },
    currencyCode: "USD",
    menu: [
      { title: "Cardamom bun", price: 495 },
      { title: "Oat latte", price: 575, extra: { group: "Size", option: "16 oz", price: 100 } },
      { title: "Egg and cheddar sandwich", price: 925 },
    ],
  },
  {
    title: "Harbour Bowl",
    slug: "harbour-bowl",
    hue: 200,
    address: { address1: "1550 Water St", city: "Vancouver", region: "BC", postalCode: "V6B 1A3", country: "CA" },
    currencyCode: "CAD",
    menu: [
      { title: "Salmon poke bowl", price: 1899, extra: { group: "Base", option: "Brown rice", price: 150 } },
      { title: "Miso soup", price: 399 },
    ],
  },
  {
    title: "Taqueria Luz",
    slug: "taqueria-luz",
    hue: 350,
    address: { address1: "2301 Rainier Ave S", postalCode: "98144", ...seattle },
    currencyCode: "USD",
    menu: [
      {
        title: "Al pastor taco",
        price: 425,
        extra: { group: "Add-ons", option: "Grilled pineapple", price: 60 },
      },
      { title: "Elote", price: 550 },
      { title: "Horchata", price: 450 },
    ],
  },
  {
    title: "Stone Oven Pizza",
    slug: "stone-oven-pizza",
    hue: 12,
    address: { address1: "905 Pike Pl", postalCode: "98101", ...seattle },
    currencyCode: "USD",
    menu: [
      { title: "Margherita, 14 in", price: 1950, extra: { group: "Crust", option: "Gluten free", price: 350 } },
      { title: "Caesar salad", price: 1150 },
    ],
  },
];
