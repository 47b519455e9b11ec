import { objectOf } from "../../../device/test/object-shape.ts";
import { type FixtureName, fixtureNames } from "../fixtures/bundle.ts";
import { fails, type Row, type Step, soon, succeeds } from "../row.ts";

const timeout = 10_000;
/** The strict policy lets no script of the page connect. */
const connecting: readonly FixtureName[] = fixtureNames.filter((name) => name !== "csp");
const loaded: Step[] = [["click", { selector: "#load" }]];
const picture: Step[] = [["fetchInPage", { url: "/api/picture", as: "base64" }]];
const signedCall: Step[] = [
  ["fetchInPage", { url: "/api/echo", headers: { authorization: "Bearer kP7vQ2xR9tLm4WzB8nYc" } }],
];
const bills = { data: { bills: [{ id: 7, due: "9.99" }] } };
const due = objectOf({ id: { leaf: "integer" }, due: { leaf: "money" } });
const schema = objectOf({ data: objectOf({ bills: { type: "array", maxItems: 12, items: due } }) });
const other = objectOf({ data: objectOf({ none: { leaf: "boolean" } }) });
const fields = { name: ".name", id: { selector: ".name", read: "attribute:data-id", optional: true } };
const from = { dom: { from: "dom" }, response: { from: "response", url: "/api/bills$" } } as const;

export const network: readonly Row[] = [
  succeeds(
    "waitForResponse",
    { url: "/api/bills$", method: "GET", status: 200, captureBody: true, timeout },
    { on: connecting, first: loaded, result: { url: "{site}/api/bills", status: 200, body: JSON.stringify(bills) } },
  ),
  succeeds("waitForResponse", { url: "{page}" }, { result: { url: "{page}", method: "GET", status: 200 } }),
  fails("waitForResponse", { url: "/never", timeout: soon }, "timeout", "No response was as wanted (/never)"),
  fails("waitForResponse", { url: "(" }, "invalid_params", "("),
  fails("waitForResponse", { url: "/api/picture", captureBody: true }, "body_unavailable", "is not text", {
    first: picture,
  }),

  succeeds(
    "fetchInPage",
    { url: "/api/bills", as: "json", timeout },
    { on: connecting, result: { url: "{site}/api/bills", status: 200, body: bills } },
  ),
  succeeds("fetchInPage", { url: "/api/bills", schema }, { on: connecting, result: { body: bills } }),
  succeeds(
    "fetchInPage",
    { url: "/api/echo", method: "PUT", headers: { "x-a": "1" }, body: "hi", as: "text" },
    { on: connecting, result: { body: '{"method":"PUT","given":"1","body":"hi"}' } },
  ),
  fails("fetchInPage", { url: "/api/bills" }, "fetch_failed", "The page's request failed", { on: ["csp"] }),
  fails("fetchInPage", { url: "/next", as: "json" }, "fetch_failed", "the body is not JSON"),
  succeeds("fetchInPage", { url: "/api/picture", as: "base64" }, { on: ["html"], result: { body: "iVBORwD/" } }),
  succeeds(
    "fetchInPage",
    { url: "/api/bills", as: "json", headersFrom: { url: "/api/echo", names: ["authorization"] } },
    { on: ["html"], first: signedCall, result: { status: 200, body: bills } },
  ),
  fails("fetchInPage", { url: "/api/bills", headersFrom: { url: ".", names: ["cookie"] } }, "invalid_params", "cookie"),
  fails("fetchInPage", { url: "/api/picture" }, "fetch_failed", "is not text; ask for it as base64"),
  fails("fetchInPage", { url: "/api/hang", timeout: soon }, "fetch_timed_out", "did not answer the page's request"),
  fails("fetchInPage", { url: "/api/bills", schema: other }, "extract_failed", "data.none is absent, not boolean"),
  fails("fetchInPage", { url: "/api/bills", schema: { type: "string" } as never }, "invalid_params", "has none of"),
  fails("fetchInPage", { url: "https://elsewhere.example/" }, "origin_not_allowed", "it can ask only there"),
  fails("fetchInPage", { url: "/next", body: "x" }, "invalid_params", "a GET request has none"),

  succeeds(
    "extract",
    { ...from.dom, rows: ".bill", fields, limit: 1, timeout },
    { result: { data: [{ name: "May", id: "7" }] } },
  ),
  succeeds("extract", { ...from.dom, fields: { title: "#title" } }, { result: { data: { title: "Account" } } }),
  succeeds(
    "extract",
    { ...from.dom, rows: "frame=#inner >> .bill", fields: { name: ".name" } },
    { on: ["iframes"], result: { data: [{ name: "May" }, { name: "June" }] } },
  ),
  succeeds(
    "extract",
    { ...from.response, method: "GET", status: 200, schema, timeout },
    { on: connecting, first: loaded, result: { data: bills } },
  ),
  fails("extract", { ...from.dom, fields: { x: "css=[" } }, "invalid_selector", "field x: The selector css=["),
  fails(
    "extract",
    { ...from.dom, fields: { x: ".item" } },
    "strict_violation",
    "field x: The selector .item matches 2",
  ),
  fails(
    "extract",
    { ...from.dom, rows: ".bill", fields: { x: "b" }, timeout: soon },
    "extract_failed",
    "row 1 of 2 (.bill), field x: b matches nothing",
  ),
  fails("extract", { ...from.response, schema: other }, "extract_failed", "data.none is absent, not boolean", {
    first: loaded,
  }),
  fails("extract", { ...from.response, timeout: soon }, "timeout", "No response was as wanted"),
  fails("extract", { from: "response", url: "/api/picture" }, "body_unavailable", "is not text", { first: picture }),
  fails("extract", { from: "nowhere" }, "invalid_params", "extract: params.from"),
];
