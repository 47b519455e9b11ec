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
const list = object({ bills: { type: "array", items: order, maxItems: 3 }, token: { leaf: "held" } });
const get = { source: "request", what: "your bills", on, method: "GET" };
/** Every kind of step and read that a manifest can have. */
export const manifest: OperationManifest = operationManifest.parse({
  provider: "shop",
  providerName: "Shop",
  version: 1,
  resource: "bills",
  action: "write",
  sends: "Your bills",
  origins: [origin],
  signIn: [],
  resultSha256: "0".repeat(64),
  issuedAt: 1_767_225_600,
  expiresAt: 1_767_312_000,
  evidence: "synthetic",
  v: 1,
  steps: {
    summary: { go: `${origin}/bill/summary` },
    elsewhere: { go: `${origin}/account` },
    isThere: { when: "url", origin, path: "/bill/" },
    shows: { when: "visible", selector: "#due" },
    gone: { when: "hidden", selector: "#due" },
    idle: { when: "idle" },
    done: { when: "done" },
    more: { click: "button.more", nth: 2 },
    number: { fill: "#number", kind: "cc-number", from: "cardNumber" },
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
      shape: object({ same: { leaf: "same", argument: "cardNumber.last4", as: "last4" }, name: { leaf: "handle" } }),
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
