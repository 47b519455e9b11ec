import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Secrets } from "./secrets.ts";
import { Taint } from "./taint.ts";

/** A stream of numbers that is the same in each run. */
function dice(seed: string): (below: number) => number {
  let turn = 0;
  return (below) => createHash("md5").update(`${seed}:${turn++}`).digest().readUInt32LE() % below;
}

const words =
  "unlimited plus autopay discount regulatory fee device instalment phone line taxes charge credit previous balance".split(
    " ",
  );

/** A page of bills and orders as sites send them: amounts, dates, identifiers of every kind, tracking numbers, hashes of pictures. */
function statement(roll: (below: number) => number): unknown {
  const hex = (digits: number) => Array.from({ length: digits }, () => roll(16).toString(16)).join("");
  const date = () =>
    `20${20 + roll(7)}-${String(1 + roll(12)).padStart(2, "0")}-${String(1 + roll(28)).padStart(2, "0")}`;
  const amount = () => (roll(1_000_000) / 100).toFixed(2);
  const orders = Array.from({ length: 60 }, () => ({
    orderId: `${roll(999)}-${roll(9_999_999)}-${roll(9_999_999)}`,
    uuid: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    placedAt: `${date()}T${String(roll(24)).padStart(2, "0")}:${String(roll(60)).padStart(2, "0")}:07.123Z`,
    total: Number(amount()),
    display: `$${Number(amount()).toLocaleString("en-US")}`,
    tracking: `1Z${roll(999_999_999)}${roll(999_999_999)}`,
    cardEnding: `•••• ${String(roll(10_000)).padStart(4, "0")}`,
    phone: `(${200 + roll(800)}) ${200 + roll(800)}-${String(roll(10_000)).padStart(4, "0")}`,
    items: Array.from({ length: 4 }, () => ({
      name: Array.from({ length: 4 }, () => words[roll(words.length)]).join(" "),
      sku: `SKU-${roll(99_999)}-${hex(6).toUpperCase()}`,
      quantity: 1 + roll(5),
      picture: `https://cdn.example/i/${hex(40)}/${roll(2_000)}x${roll(2_000)}.jpg?v=${roll(1e9)}&amp;w=640`,
      price: amount(),
    })),
  }));
  const html = orders
    .map(
      ({ display, placedAt, items }) =>
        `<li data-at="${placedAt}"><b>${display}</b>&nbsp;${items.map(({ name }) => name).join(", ")}</li>`,
    )
    .join("\n");
  return { orders, html };
}

/** What a device comes to know in a session: a password, a code, cookies. Two megabytes of digits hold some codes, so these are fixed. */
function session(roll: (below: number) => number): Secrets {
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => roll(256))).toString("base64url");
  const secrets = new Secrets();
  secrets.addTyped("password", bytes(6));
  secrets.addTyped("code", String(roll(1_000_000)).padStart(6, "0"));
  for (let number = 0; number < 198; number++) secrets.addParts("cookie", bytes(32));
  return secrets;
}

/** More of them in `npm run conformance`. */
const pages = process.env.PASSAGE_TESTS === "conformance" ? 30 : 10;

test("no page of bills or orders is refused for a secret that is not in it", () => {
  const taints = [1, 2, 3].map((one) => new Taint(session(dice(`session ${one}`))));
  let bytes = 0;
  const refused: string[] = [];
  for (let page = 0; page < pages; page++) {
    const payload = statement(dice(`page ${page}`));
    bytes += JSON.stringify(payload).length;
    for (const taint of taints) refused.push(...taint.find(payload, "answer"));
  }
  expect(refused).toEqual([]);
  expect(bytes).toBeGreaterThan(pages * 65_000);
});

test("nothing in such a page is taken for a token by its look, but what is random", () => {
  const secrets = new Secrets();
  for (const word of JSON.stringify(statement(dice("look"))).split(/[^A-Za-z0-9-]+/))
    if (!/^[0-9a-f]{40}$|^[0-9a-f-]{36}$|^1Z/.test(word)) secrets.addParts(word, word);
  expect([...secrets].map(({ name }) => name)).toEqual([]);
});
