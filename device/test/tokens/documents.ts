import { randomBytes } from "node:crypto";
import { base64, base64url, colons, field, hex, html, shape } from "./shape.ts";

/** Documents. */
export const documents = [
  shape("meta: csrf-token", base64, field, (token) => `<meta name="csrf-token" content="${token}">`, html),
  shape("meta: the content first", base64url, field, (token) => `<meta content='${token}' name='csrf-token'>`, html),
  shape(
    "a hidden field: authenticity_token",
    base64,
    field,
    (token) => `<input type=hidden name=authenticity_token value="${token}">`,
    html,
  ),
  shape(
    "a hidden field: the value first",
    hex,
    field,
    (token) => `<input value=${token} name=__RequestVerificationToken type=hidden>`,
    html,
  ),
  shape(
    "a hidden field: SAMLResponse",
    () => randomBytes(900).toString("base64"),
    field,
    (token) => `<form><input type="hidden" name="SAMLResponse" value="${token}"></form>`,
    html,
  ),
  shape("an attribute: data-csrf", hex, field, (token) => `<body data-csrf="${token}">`, html),
  shape(
    "an inline script: a settings object",
    base64url,
    field,
    (token) => `<script>var app={user:1,csrfToken:'${token}'}</script>`,
    html,
  ),
  shape(
    "an inline script: JSON",
    colons,
    field,
    (token) => `<script type="application/json">{"props":{"session_token":"${token}"}}</script>`,
    html,
  ),
  shape(
    "an inline script: JSON in a string",
    hex,
    field,
    (token) => `<script>s=JSON.parse("{\\"accessToken\\":\\"${token}\\"}")</script>`,
    html,
  ),
  shape(
    "a link with a token",
    base64url,
    field,
    (token) => `<a href="/confirm?magic_link=${token}&x=1">Confirm</a>`,
    html,
  ),
];
