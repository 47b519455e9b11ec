import { expect, test } from "vitest";
import { operationTerms } from "./consent.ts";
import { operationManifest } from "./manifest.ts";

const origin = "https://www.shop.example";
const on = { origin, path: "/" };
const get = { source: "request", on, method: "GET", path: "/api" };
const signed = operationManifest.parse({
  provider: "shop",
  providerName: "Shop",
  version: 1,
  resource: "card",
  action: "write",
  sends: "Save a card to your account, after you have confirmed it",
  origins: [origin, "https://pay.shop.example"],
  signIn: [],
  resultSha256: "0".repeat(64),
  evidence: "synthetic",
  issuedAt: 1_790_000_000,
  expiresAt: 1_800_000_000,
  v: 1,
  steps: {
    number: { fill: "#number", kind: "cc-number", from: "cardNumber" },
    line1: { fill: "#line1", kind: "address", from: "line1" },
    line2: { fill: "#line2", kind: "address", from: "line2" },
    save: { commit: "#save", ask: "Save the card ending in {cardNumber.last4}?" },
  },
  says: [],
  reads: {
    names: {
      ...get,
      what: "how many cards you have saved",
      shape: { type: "array", items: { leaf: "handle" }, maxItems: 9 },
    },
    status: { ...get, what: "whether the shop is open", shape: null },
  },
});

test("terms are made from what is signed: reads, fields, the question and the places", () => {
  expect(operationTerms(signed)).toEqual({
    sends: "Save a card to your account, after you have confirmed it",
    details: [
      "It reads how many cards you have saved.",
      "It types a card's number and an address into the site's forms.",
      "Before the last step it asks you: “Save the card ending in …?”",
      "It works on www.shop.example and pay.shop.example only.",
    ],
  });
});

test("reads whose words have commas stand apart", () => {
  const what = ["your bills: period, number and charges", "what is due now, and when"];
  const reads = Object.fromEntries(what.map((words, index) => [`r${index}`, { ...signed.reads.names, what: words }]));
  const [first] = operationTerms({ ...signed, reads, steps: {} } as typeof signed).details;
  expect(first).toBe("It reads your bills: period, number and charges; what is due now, and when.");
});

test("what the publisher's own sentence says is not said again", () => {
  const reads = { names: { ...signed.reads.names, what: "whether a card is saved" } };
  const { details } = operationTerms({ ...signed, sends: "Whether a card is saved", reads } as typeof signed);
  expect(details.filter((line) => line.startsWith("It reads"))).toEqual([]);
});
