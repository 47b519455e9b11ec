import { type OperationManifest, operationManifest } from "@passage/protocol/manifest";
import { declaredName } from "@passage/protocol/reads/digest";

export const origin = "https://www.shop.example";
const on = { origin, path: "/bill/" };
const object = (properties: object) => ({ type: "object", properties, required: Object.keys(properties) });
const order = object({
  id: { leaf: "id", max: 20 },
  charges: { leaf: "money" },
  due: { anyOf: [{ leaf: "date" }, { type: "null" }] },
  kind: { enum: ["Bill", "Payment"] },
  count: { leaf: "integer", min: 0, max: 9 },
  at: { orNull: { leaf: "time" } },
});
/** Every leaf that the list of bills does not have, and every form that a shape can take. */
const account = object({
  since: { leaf: "date", order: "dmy" },
  period: { leaf: "dates" },
  amounts: { type: "array", items: { leaf: "decimal" }, maxItems: 4 },
  yen: { leaf: "money", places: 0 },
  isOpen: { leaf: "boolean" },
  lastFour: { leaf: "last4" },
  expires: { leaf: "expiry" },
  currency: { leaf: "currency" },
  country: { leaf: "country" },
  postcode: { leaf: "postcode" },
  number: { leaf: "id", max: 12, digits: true },
  link: { leaf: "url", of: [origin] },
  title: { leaf: "text", max: 24 },
  note: { leaf: "text", max: 12, digits: true, blank: null },
  total: { anyOf: [{ leaf: "money" }, { leaf: "integer" }, { type: "null" }] },
  plans: { type: "object", additionalProperties: { leaf: "text", max: 20 }, maxProperties: 3 },
  events: {
    type: "array",
    maxItems: 3,
    items: {
      oneOf: [
        object({ kind: { enum: ["paid"] }, amount: { leaf: "money" } }),
        object({ kind: { enum: ["late"] }, days: { leaf: "integer" } }),
      ],
    },
  },
  badge: { orNull: { type: "object", properties: { rank: { leaf: "integer" } }, required: [] } },
  next: { anyOf: [{ leaf: "held" }, { type: "null" }] },
  card: { leaf: "same", argument: "cardNumber", as: "text" },
});
const list = object({ bills: { type: "array", items: order, maxItems: 3 }, token: { leaf: "held" } });
const get = { source: "request", what: "your bills", on, method: "GET" };
/** Every kind of step, read, leaf and parameter that a manifest can have. */
export const manifest: OperationManifest = operationManifest.parse({
  provider: "shop",
  providerName: "Shop",
  version: 1,
  resource: "bills",
  action: "write",
  sends: "Your bills",
  origins: [origin, "https://pay.shop.example", "https://login.shop.example"],
  signIn: ["https://login.shop.example"],
  resultSha256: "0".repeat(64),
  issuedAt: 1_767_225_600,
  expiresAt: 1_767_312_000,
  evidence: "synthetic",
  v: 2,
  steps: {
    summary: { go: `${origin}/bill/summary` },
    elsewhere: { go: `${origin}/account` },
    login: { go: "https://login.shop.example/in" },
    isThere: { when: "url", origin, path: "/bill/" },
    shows: { when: "visible", selector: "#due" },
    gone: { when: "hidden", selector: "#due" },
    idle: { when: "idle" },
    done: { when: "done" },
    more: { click: "button.more", nth: 2 },
    number: { fill: "#number", kind: "cc-number", from: "cardNumber" },
    menu: { click: "#menu" },
    code: {
      fill: "#code",
      frame: { selector: "#frame", origin: "https://pay.shop.example" },
      kind: "cc-csc",
      from: "cvv",
    },
    expires: { fill: "#expires", kind: "cc-exp", from: "card.expires" },
    zip: { fill: "#zip", kind: "postal-code", from: "billingZip" },
    holder: { fill: "#holder", kind: "cc-name", from: "card.holder" },
    save: { commit: "#save", ask: "Save the card ending in {cardNumber.last4}?" },
    rest: { pauseMs: 1 },
  },
  says: ["Reading your bills", "{n} so far"],
  reads: {
    bills: { ...get, path: "/api/bills", shape: list },
    bill: {
      ...get,
      method: "POST",
      path: "/api/{id}/bill",
      query: { id: { $param: "id" } },
      headers: { authorization: { $held: { read: "bills", at: "token" } } },
      json: { id: { $param: "id" }, year: { $param: "year" }, zip: { $param: "zip" } },
      params: {
        id: { seen: { read: "bills", at: "bills[].id" } },
        year: { integer: [2020, 2030] },
        zip: { argument: "billingZip" },
      },
      shape: object({
        same: { leaf: "same", argument: "cardNumber.last4", as: "last4" },
        name: { leaf: "handle" },
        owner: { leaf: "accountId" },
      }),
    },
    account: {
      ...get,
      path: "/api/account",
      query: { after: { $param: "after" }, view: { $param: "view" } },
      params: {
        after: { held: { read: "account", at: "next" }, orEmpty: true },
        view: { of: ["all", "a&b"] },
      },
      shape: account,
    },
    search: {
      ...get,
      method: "POST",
      path: "/api/search",
      headers: {
        "x-view": { $param: "view" },
        authorization: { $held: { read: "bills", at: "token" }, prefix: "Bearer " },
      },
      form: { after: { $param: "after" }, view: "all" },
      params: { after: { seen: { read: "bills", at: "bills[].id" }, orEmpty: true }, view: { of: ["all", "one"] } },
      shape: { type: "array", items: { leaf: "id", max: 20 }, maxItems: 2 },
    },
    stored: {
      ...get,
      path: "/api/stored",
      headers: { authorization: { $stored: { area: "session", key: "token" }, prefix: "Bearer " } },
      shape: object({ name: { leaf: "handle" } }),
    },
    cards: {
      ...get,
      path: "/api/holders/{name}/cards",
      params: { name: { argument: "card.holder" } },
      shape: null,
    },
    flag: {
      ...get,
      on: { origin: "https://login.shop.example", path: "/" },
      path: "/api/flag",
      shape: { leaf: "boolean" },
    },
    texts: {
      ...get,
      path: "/api/texts",
      shape: { type: "array", items: { leaf: "text", max: 500 }, maxItems: 200 },
    },
    due: {
      source: "page",
      what: "the day",
      on: { origin, path: "/bill/summary" },
      fields: { day: { css: "time", attribute: "datetime" } },
      shape: object({ day: { leaf: "date" } }),
    },
    rows: {
      source: "page",
      what: "the rows",
      on,
      rows: { css: "tr", atLeast: { $param: "count" } },
      fields: { name: { css: "td" }, link: { css: "a", attribute: "href" } },
      params: { count: { integer: [0, 2] } },
      shape: {
        type: "array",
        items: object({ name: { leaf: "text", max: 20 }, link: { orNull: { leaf: "url", of: [origin] } } }),
        maxItems: 4,
      },
    },
    status: { ...get, path: "/api/status", shape: null },
    labels: {
      source: "page",
      what: "the labels",
      on,
      rows: { css: "li" },
      fields: { amount: { pick: "(\\$[0-9.]+)" } },
      shape: { type: "array", items: object({ amount: { leaf: "money" } }), maxItems: 2 },
    },
  },
});
export const steps = manifest.steps;
export const reads = manifest.reads;
export const nameOfStep = (name: string) => declaredName(name, steps[name]);
export const nameOfRead = (name: string) => declaredName(name, reads[name]);
