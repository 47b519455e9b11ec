import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { maxManifestBytes, maxManifestLifetime, operationManifest } from "./manifest.ts";
import { declaredName, declaredNameForm } from "./reads/digest.ts";
import { leafVersion } from "./reads/leaf.ts";

const site = "https://www.shop.example";
const bills = {
  source: "request",
  what: "your bills: period, number and charges",
  on: { origin: site, path: "/bill/" },
  method: "POST",
  path: "/v1/bills/{year}",
  query: { after: { $param: "after" } },
  headers: { "x-csrf": "x", authorization: { $held: { read: "app", at: "token" }, prefix: "Bearer " } },
  json: { filter: { year: { $param: "year" }, open: true }, list: [1, null] },
  params: { year: { integer: [2000, 2099] }, after: { seen: { read: "bills", at: "bills[].id" }, orEmpty: true } },
  shape: {
    type: "object",
    properties: {
      bills: {
        type: "array",
        items: { type: "object", properties: { id: { leaf: "id", max: 64 } }, required: ["id"] },
        maxItems: 24,
      },
    },
    required: ["bills"],
  },
};
const app = {
  source: "request",
  what: "the app's token, which stays on your device",
  on: { origin: site, path: "/" },
  method: "GET",
  path: "/v1/session",
  shape: { type: "object", properties: { token: { leaf: "held" } }, required: ["token"] },
};
const labels = {
  source: "page",
  what: "the amount of each bill",
  on: { origin: site, path: "/bill/" },
  params: { count: { integer: [0, 100] } },
  rows: { css: "[data-bill]", atLeast: { $param: "count" } },
  fields: { amount: { css: ".amount", pick: "(\\$[0-9.,]+)" } },
  shape: {
    type: "array",
    items: { type: "object", properties: { amount: { leaf: "money" } }, required: ["amount"] },
    maxItems: 100,
  },
};
const whole = {
  provider: "shop",
  providerName: "Shop",
  version: 1,
  resource: "bills",
  action: "read",
  sends: "Your bills",
  origins: [site, "https://login.shop.example"],
  signIn: ["https://login.shop.example"],
  resultSha256: "0".repeat(64),
  issuedAt: 1_767_225_600,
  expiresAt: 1_767_312_000,
  evidence: "synthetic",
  v: leafVersion,
  steps: {
    home: { go: `${site}/bill/` },
    signedIn: { when: "url", origin: site, path: "/bill/" },
    locked: { when: "visible", selector: "#locked" },
    more: { click: "button.more", nth: 12 },
    number: {
      fill: "#number",
      frame: { selector: "#card", origin: "https://login.shop.example" },
      kind: "cc-number",
      from: "cardNumber",
    },
    save: { commit: "#save", ask: "Save the card ending in {cardNumber.last4}?" },
    rest: { pauseMs: 700 },
  },
  reads: { bills, app, labels },
  says: ["Reading your bills", "{n} so far"],
};
const faultOf = (change: object) => operationManifest.safeParse({ ...whole, ...change }).error?.issues[0]?.message;
const withRead = (change: object) => faultOf({ reads: { ...whole.reads, bills: { ...bills, ...change } } });

test("a manifest with reads and steps", () => {
  expect(faultOf({})).toBe(undefined);
});

test.each(["v", "steps", "reads", "says", "issuedAt", "expiresAt"])("a manifest without %s is none", (name) => {
  expect(operationManifest.safeParse({ ...whole, [name]: undefined }).error?.issues).toMatchObject([{ path: [name] }]);
});

test.each<[string, object, string | RegExp]>([
  ["one name for two", { reads: { ...whole.reads, home: app } }, "home names a step and a read"],
  ["a place elsewhere", { steps: { home: { go: "https://evil.example/" } } }, /evil.example is none/],
  [
    "a frame elsewhere",
    { steps: { a: { ...whole.steps.number, frame: { selector: "#a", origin: "https://evil.example" } } } },
    /none of/,
  ],
  ["an unknown step", { steps: { a: { evaluate: "1" } } }, /Invalid input/],
  ["an end before the beginning", { expiresAt: whole.issuedAt }, "expires before it is issued"],
  ["a life of more than a year", { expiresAt: whole.issuedAt + maxManifestLifetime + 1 }, /is valid for more than/],
  ["half a second", { issuedAt: 1.5 }, /expected int/],
  ["a step with more", { steps: { home: { go: site, waitUntil: "load" } } }, /Unrecognized key/],
  [
    "too many bytes",
    {
      says: Array.from({ length: 32 }, (_, index) => `${index}${"x".repeat(150)}`),
      steps: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`s${index}`, { click: "x".repeat(400) }])),
    },
    new RegExp(`may have ${maxManifestBytes}`),
  ],
])("%s is refused", (_, change, fault) => {
  expect(faultOf(change)).toMatch(fault);
});

test.each<[string, object, string | RegExp]>([
  ["a parameter that is not declared", { params: {} }, /uses the parameter \w+, which it does not declare/],
  ["a parameter that is not used", { query: {} }, "reads.bills: declares the parameter after, which it does not use"],
  [
    "another read's place",
    { params: { ...bills.params, after: { seen: { read: "other", at: "x" } } } },
    /names the read other/,
  ],
  [
    "a place that is no leaf",
    { params: { ...bills.params, after: { seen: { read: "bills", at: "bills[]" } } } },
    /names bills:bills\[\]/,
  ],
  [
    "a held value as a seen one",
    { params: { ...bills.params, after: { seen: { read: "app", at: "token" } } } },
    /names app:token/,
  ],
  [
    "a held value elsewhere",
    {
      on: { origin: "https://login.shop.example", path: "/" },
      shape: null,
      params: { year: bills.params.year, after: { of: ["a"] } },
    },
    /to another origin/,
  ],
  [
    "a free leaf where people sign in",
    { on: { origin: "https://login.shop.example", path: "/" }, headers: {} },
    /free leaf \(bills\[\].id\)/,
  ],
  ["a body of a GET", { method: "GET" }, /has no body/],
  ["two bodies", { form: {} }, /json and form/],
  ["a path that climbs", { path: "/v1/../admin" }, /./],
  ["a path that is encoded", { path: "/v1/%2e%2e/admin" }, /./],
  ["a path with a query", { path: "/v1/bills?year={year}" }, /./],
  ["a path elsewhere", { path: "//evil.example/" }, /./],
  ["a hole as a literal", { json: { $other: 1 } }, /./],
  ["an unknown keyword", { redirect: "follow" }, /./],
  ["a header from cookies", { headers: { authorization: { $stored: { area: "cookie", key: "token" } } } }, /./],
  ["a header from no entry", { headers: { authorization: { $stored: { area: "local", key: "" } } } }, /./],
  ["a header from storage and more", { headers: { a: { $stored: { area: "local", key: "t" }, $param: "year" } } }, /./],
  ["a body from storage", { json: { token: { $stored: { area: "local", key: "t" } } } }, /./],
])("a read with %s is refused", (_, change, fault) => {
  expect(withRead(change)).toMatch(fault);
});

test("a page's fields are those of its shape", () => {
  expect(faultOf({ reads: { labels: { ...labels, fields: {} } } })).toMatch(/has the fields /);
  expect(faultOf({ reads: { labels: { ...labels, shape: labels.shape.items } } })).toMatch(/needs a list of objects/);
});

test("a declaration's name changes with its content and not with the order of its keys", () => {
  const name = declaredName("bills", bills);
  expect(name).toMatch(declaredNameForm);
  expect(declaredName("bills", JSON.parse(canonicalJson(bills)))).toBe(name);
  expect(declaredName("bills", { ...bills, what: "more" })).not.toBe(name);
  expect(declaredName("abc", "abc")).toBe("abc@6cc43f85");
});
