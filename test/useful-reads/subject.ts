import { createHash } from "node:crypto";

/** What a page shows: a heading, and a table of text as sites write it. */
export interface Subject {
  readonly name: string;
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Four subjects with values of their own for each seed, the same in each run: ids, hashes, numbers and dates that are no secrets. */
export function subjectsOf(seed: string): readonly Subject[] {
  const { below, digits, hex, date, money } = dice(seed);
  const times = <Row>(count: number, row: () => Row) => Array.from({ length: count }, row);
  const card = () => `Visa •••• ${digits(4)}`;
  return [
    {
      name: "bills",
      heading: "Your bills",
      columns: ["invoice", "date", "due", "amount", "status", "paidWith"],
      rows: times(9, () => [`INV-2026-${digits(7)}`, date(), date(), money(), "Paid", card()]),
    },
    {
      name: "orders",
      heading: "Order history",
      columns: ["order", "placed", "total", "tracking", "item", "sku", "picture", "reference"],
      rows: times(7, () => [
        `${digits(3)}-${digits(7)}-${digits(7)}`,
        `${date()}T08:1${below(10)}:07Z`,
        money(),
        `1Z${digits(9)}${digits(7)}`,
        ["Desk lamp, brass", "USB-C cable (2 m)", "Merino socks", "Espresso beans 1 kg"][below(4)] as string,
        `SKU-${digits(5)}-${hex(6).toUpperCase()}`,
        `/i/${hex(32)}/640x640.jpg`,
        `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
      ]),
    },
    {
      name: "usage",
      heading: "Usage this month",
      columns: ["line", "data", "minutes", "since", "phone", "imei", "iccid"],
      rows: times(4, () => [
        `(206) 555-0${digits(3)}`,
        `${below(50)}.${below(10)} GB of 50 GB`,
        `${below(900)} min`,
        date(),
        "Pixel 9 Pro",
        digits(15),
        `8901${digits(16)}`,
      ]),
    },
    {
      name: "profile",
      heading: "Your account",
      columns: ["setting", "value"],
      rows: [
        ["Name", "Ada Lovelace"],
        ["Email", `ada${below(100)}@example.org`],
        ["Phone", `+1 206 555 0${digits(3)}`],
        ["Address", `${below(900)} Pine Street, Seattle, WA 98${digits(3)}`],
        ["Customer number", digits(10)],
        ["Customer since", date()],
        ["Bank account", `DE•• •••• •••• •••• ${digits(2)}`],
        ["Password", "Changed 14 months ago"],
        ["Two-step verification", "On, text message"],
        ["Recovery codes", "8 left"],
        ["Security question", "What was your first pet's name?"],
      ],
    },
  ];
}

function dice(seed: string) {
  let turn = 0;
  const below = (end: number) => createHash("md5").update(`${seed}:${turn++}`).digest().readUInt32LE() % end;
  const write = (count: number, base: number) =>
    Array.from({ length: count }, () => below(base).toString(base)).join("");
  const two = (number: number) => String(number).padStart(2, "0");
  return {
    below,
    digits: (count: number) => write(count, 10),
    hex: (count: number) => write(count, 16),
    date: () => `202${4 + below(3)}-${two(1 + below(12))}-${two(1 + below(28))}`,
    money: () => `$${(below(90_000) / 100).toFixed(2)}`,
  };
}
