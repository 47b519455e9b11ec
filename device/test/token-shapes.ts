import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

/** One way in which a site hands out, keeps or passes a token. */
export interface TokenShape {
  readonly name: string;
  readonly token: string;
  /** What the refusal must call it. */
  readonly stopped: RegExp;
  /** What the site answers at the shape's own path. */
  readonly answer: (response: ServerResponse) => void;
  /** The path begins with this: a place where one signs in, or not. */
  readonly path: string;
  /** What the page runs; `url` is the shape's own address. It may be a promise. */
  readonly script: string;
}

const base64url = () => randomBytes(24).toString("base64url");
const base64 = () => `${randomBytes(22).toString("base64").slice(0, 27)}/+${randomBytes(3).toString("hex")}=`;
const hex = () => randomBytes(20).toString("hex");
const digits = () =>
  Array.from(randomBytes(22), (byte) => String(byte % 9))
    .join("")
    .replace(/^0/, "7");
const letters = () => Array.from(randomBytes(26), (byte) => "bcdfghjklmnpqrstvwxz"[byte % 20]).join("");
const base32 = () => Array.from(randomBytes(26), (byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32]).join("");
const dotted = () => `v2.local.${randomBytes(9).toString("hex")}.${randomBytes(9).toString("base64url")}`;
const colons = () => `1:${randomBytes(6).toString("hex")}:${randomBytes(6).toString("hex")}:u7`;
const short = () => `k${randomBytes(4).toString("hex")}7`;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwt = () =>
  `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: hex() })}.${randomBytes(32).toString("base64url")}`;
const uuid = () => hex().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");

const fetched = "fetch(url).then((answer) => answer.text())";
const framed =
  "new Promise((done) => document.body.append(Object.assign(document.createElement('iframe'), { src: url, onload: done })))";

interface Row {
  readonly path?: string;
  readonly script?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
}

function shape(
  name: string,
  make: () => string,
  stopped: RegExp,
  body: (token: string) => unknown,
  row: (token: string) => Row = () => ({}),
): TokenShape {
  const token = make();
  const { path = "/api/data", script = fetched, type, headers, status = 200 } = row(token);
  const told = body(token);
  const text = typeof told === "string" ? told : JSON.stringify(told);
  const contentType = type ?? (typeof told === "string" ? "text/plain" : "application/json");
  const answer = (response: ServerResponse) =>
    void response.writeHead(status, { "content-type": contentType, ...headers }).end(text);
  return { name, token, stopped, answer, path, script };
}

const field = /response field/;
const html = () => ({ type: "text/html", script: framed });
const signIn = () => ({ path: "/oauth2/token" });
const nothing = () => "ok";

/** Bodies that name the token. */
const named = [
  shape("OAuth: access_token", base64url, field, (token) => ({ access_token: token, token_type: "Bearer" })),
  shape("OAuth: refresh_token, opaque with dots", dotted, field, (token) => ({ refresh_token: token, expires_in: 60 })),
  shape("OpenID: idToken, a JWT", jwt, field, (token) => ({ idToken: token })),
  shape("device flow: device_code", base64, field, (token) => ({ device_code: token, interval: 5 })),
  shape(
    "device flow: user_code of letters",
    () => "WDJB-MJHT",
    field,
    (token) => ({ user_code: token }),
  ),
  shape("Django: {access, refresh}", base64url, field, (token) => ({ refresh: token })),
  shape("a session: {sessionId} of digits", digits, field, (token) => ({ sessionId: token })),
  shape(
    "a number over 2^53",
    () => "8273645182736451927",
    field,
    (token) => `{"token":${token}}`,
    () => ({ type: "application/json" }),
  ),
  shape("a short opaque token with a name", short, field, (token) => ({ apiKey: token })),
  shape("letters alone", letters, field, (token) => ({ auth_token: token })),
  shape("base32 of an authenticator", base32, field, (token) => ({ totpSecret: token })),
  shape(
    "a code of six digits",
    () => "730162",
    field,
    (token) => ({ otp: token }),
  ),
  shape("recovery codes in a list", short, field, (token) => ({ recovery_codes: ["k1f2a3b4c5d", token] })),
  shape("a list: {tokens: [...]}", hex, field, (token) => ({ tokens: [token] })),
  shape("an object: {token: {value}}", colons, field, (token) => ({ token: { value: token, type: "session" } })),
  shape("an object keyed by the token", base64url, field, (token) => ({ tokens: { [token]: { user: "ada" } } })),
  shape("a pair: {name, value}", base64, field, (token) => ({ entries: [{ name: "access_token", value: token }] })),
  shape("a header in JSON: [name, value]", hex, field, (token) => ({ headers: [["X-Auth-Token", token]] })),
  shape("a cookie in JSON", hex, field, (token) => ({ log: `Set-Cookie: sid=${token}; HttpOnly` })),
  shape("GraphQL", base64url, field, (token) => ({ data: { login: { accessToken: token, errors: [] } } })),
  shape("GraphQL: JSON in a string", base64url, field, (token) => ({
    data: JSON.stringify({ auth: { jwtToken: token } }),
  })),
  shape("JSON:API", uuid, field, (token) => ({ data: { type: "session", attributes: { secret: token } } })),
  shape("twelve levels deep", base64url, field, (token) =>
    Array.from({ length: 12 }).reduce<object>((inner) => ({ a: [inner] }), { csrfToken: token }),
  ),
  shape("an upper-case name: ACCESSTOKEN", hex, field, (token) => ({ ACCESSTOKEN: token })),
  shape("a name with a number: token2", hex, field, (token) => ({ token2: token })),
  shape("a name with a value's: tokenValue", hex, field, (token) => ({ tokenValue: token })),
  shape("PHPSESSID in JSON", letters, field, (token) => ({ PHPSESSID: token })),
  shape("JSON with a guard against inclusion", base64url, field, (token) => `)]}',\n{"x":[{"xsrf":"${token}"}]}`),
  shape(
    "JSONP",
    hex,
    field,
    (token) => `cb_17({"session_key":"${token}"});`,
    () => ({ type: "text/javascript" }),
  ),
  shape("a line of JSON each", base64, field, (token) => `{"ok":true}\n{"id_token":"${token}"}\n`),
  shape("form-encoded", base64, field, (token) => `token_type=bearer&access_token=${encodeURIComponent(token)}`),
  shape(
    "XML: an element",
    base64,
    field,
    (token) => `<r><AccessToken>${token}</AccessToken></r>`,
    () => ({ type: "text/xml" }),
  ),
  shape(
    "XML: an attribute",
    hex,
    field,
    (token) => `<session token="${token}"/>`,
    () => ({ type: "application/xml" }),
  ),
  shape(
    "SAML: a signature",
    base64,
    field,
    (token) => `<saml:Assertion><ds:SignatureValue>${token}</ds:SignatureValue></saml:Assertion>`,
    () => ({ type: "text/xml" }),
  ),
  shape(
    "WS-Security",
    base64,
    field,
    (token) => `<wsse:BinarySecurityToken Id="x">${token}</wsse:BinarySecurityToken>`,
    () => ({ type: "text/xml" }),
  ),
  shape("YAML", hex, field, (token) => `user: ada\napi_key: ${token}\n`),
  shape(
    "a script: an assignment",
    base64url,
    field,
    (token) => `window.__CSRF_TOKEN__ = '${token}';`,
    () => ({ type: "text/javascript" }),
  ),
  shape("a script: setItem(name, value)", hex, field, (token) => `localStorage.setItem("id_token", "${token}")`),
];

/** Bodies that do not: the place, or the shape, tells. */
const unnamed = [
  shape("an OAuth place: a name that says nothing", base64url, field, (token) => ({ data: { v: token } }), signIn),
  shape("an OAuth place: a bare JSON string", hex, field, (token) => JSON.stringify(token), signIn),
  shape("an OAuth place: bare text", dotted, field, (token) => token, signIn),
  shape(
    "a sign-in place: a list of strings",
    uuid,
    field,
    (token) => [1, token, "ok"],
    () => ({ path: "/user/login" }),
  ),
  shape(
    "a sign-in place: {result: token}",
    letters,
    field,
    (token) => ({ result: token }),
    () => ({ path: "/api/mfa/verify" }),
  ),
  shape("a JWT under any name", jwt, field, (token) => ({ data: token })),
  shape("a JWT in a sentence", jwt, field, (token) => `It is ${token}.`),
  shape("Bearer in a text", base64, field, (token) => `curl -H 'Authorization: Bearer ${token}'`),
  shape(
    "the key of a provider",
    () => `ghp_${randomBytes(18).toString("hex")}`,
    field,
    (token) => ({ note: `it is ${token}` }),
  ),
];

/** Documents. */
const documents = [
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

/** What the network carries besides bodies. */
const wire = [
  shape("Set-Cookie: random", base64url, /cookie s/, nothing, (token) => ({ headers: { "set-cookie": `s=${token}` } })),
  shape("Set-Cookie: letters alone", letters, /cookie a/, nothing, (token) => ({
    headers: { "set-cookie": `a=${token}; HttpOnly` },
  })),
  shape("Set-Cookie: digits", digits, /cookie b/, nothing, (token) => ({ headers: { "set-cookie": `b=${token}` } })),
  shape("Set-Cookie: short", short, /cookie c/, nothing, (token) => ({ headers: { "set-cookie": `c=${token}` } })),
  shape("Set-Cookie: standard base64", base64, /cookie d/, nothing, (token) => ({
    headers: { "set-cookie": `d=${encodeURIComponent(token)}` },
  })),
  shape("Set-Cookie: a token among settings", hex, /cookie e/, nothing, (token) => ({
    headers: { "set-cookie": `e=lang=en|sid=${token}|v=1` },
  })),
  shape("Set-Cookie on a redirect", colons, /cookie f/, nothing, (token) => ({
    status: 302,
    headers: { "set-cookie": `f=${token}`, location: "/done" },
  })),
  shape("a response header: authorization", base64, /authorization header/i, nothing, (token) => ({
    headers: { authorization: `Bearer ${token}` },
  })),
  shape("a response header: access-token", base64url, /access-token header/i, nothing, (token) => ({
    headers: { "access-token": token },
  })),
  shape("a response header: x-amz-security-token", hex, /x-amz-security-token header/i, nothing, (token) => ({
    headers: { "x-amz-security-token": token },
  })),
  shape("a request header: authorization", short, /authorization header/i, nothing, (token) => ({
    script: `fetch(url, { headers: { authorization: "Token ${token}" } })`,
  })),
  shape("a request header: Basic", short, /authorization header/i, nothing, (token) => ({
    script: `fetch(url, { headers: { authorization: "Basic " + btoa("ada:${token}") } })`,
  })),
  shape("a request header: x-session-id of letters", letters, /x-session-id header/i, nothing, (token) => ({
    script: `fetch(url, { headers: { "x-session-id": "${token}" } })`,
  })),
  shape("a request's body: a form", dotted, /a request of/, nothing, (token) => ({
    script: `fetch(url, { method: "POST", body: new URLSearchParams({ refresh_token: "${token}" }) })`,
  })),
  shape("a request's body: JSON", hex, /a request of/, nothing, (token) => ({
    script: `fetch(url, { method: "POST", body: JSON.stringify({ variables: { token: "${token}" } }) })`,
  })),
  shape("an address: ?code= of a request", base64url, /in a URL/, nothing, (token) => ({
    script: `fetch(url + "?state=1&code=${token}")`,
  })),
  shape("an address: a frame's fragment", hex, /in a URL/, nothing, (token) => ({
    ...html(),
    script: framed.replace("src: url", `src: url + "#access_token=${token}"`),
  })),
  shape("an address: a fragment that a frame sets", hex, /in a URL/, nothing, (token) => ({
    ...html(),
    script: `(${framed}).then(() => { frames[frames.length - 1].location.hash = "id_token=${token}"; })`,
  })),
  shape("a redirect's address: a fragment", base64url, /in a URL/, nothing, (token) => ({
    status: 302,
    headers: { location: `/done#id_token=${token}` },
    script: framed,
  })),
  shape("a redirect's address: ?ticket=", hex, /in a URL/, nothing, (token) => ({
    status: 302,
    headers: { location: `/done?ticket=${token}` },
  })),
  shape("an address: history.pushState", base64url, /in a URL/, nothing, (token) => ({
    script: `history.pushState(null, "", "#access_token=${token}")`,
  })),
  shape(
    "an event stream",
    base64url,
    /event stream|response field/,
    (token) => `data: {"token":"${token}"}\n\n`,
    () => ({
      type: "text/event-stream",
      script: "new Promise((done) => { const s = new EventSource(url); s.onmessage = () => { s.close(); done(); }; })",
    }),
  ),
  shape("a web socket's first message", hex, /web socket/, nothing, (token) => ({
    script: `new Promise((done) => { const s = new WebSocket(socket); s.onopen = () => s.send(JSON.stringify({ type: "auth", token: "${token}" })); s.onmessage = done; })`,
  })),
  shape("a web socket's answer, as socket.io writes it", base64url, /web socket/, nothing, (token) => ({
    script: `new Promise((done) => { const s = new WebSocket(socket); s.onopen = () => s.send("42" + JSON.stringify(["session", { sid: "${token}" }])); s.onmessage = done; })`,
  })),
];

const stored = (script: (token: string) => string) => (token: string) => ({ script: script(token) });
const database = (value: string) =>
  `new Promise((done) => { const open = indexedDB.open("db" + url, 1); open.onupgradeneeded = () => open.result.createObjectStore("s"); open.onsuccess = () => { const change = open.result.transaction("s", "readwrite"); change.objectStore("s").put(${value}, "k"); change.oncomplete = () => { open.result.close(); done(); }; }; })`;
const entry = /storage entry/;

/** What the browser keeps for the site. */
const storage = [
  shape(
    "localStorage: a name that says nothing",
    colons,
    entry,
    nothing,
    stored((token) => `localStorage.setItem("k1", "${token}")`),
  ),
  shape(
    "localStorage: letters alone",
    letters,
    entry,
    nothing,
    stored((token) => `localStorage.setItem("k2", "${token}")`),
  ),
  shape(
    "localStorage: short",
    short,
    entry,
    nothing,
    stored((token) => `localStorage.setItem("k3", "${token}")`),
  ),
  shape(
    "localStorage: a JSON string",
    base64,
    entry,
    nothing,
    stored((token) => `localStorage.setItem("k4", JSON.stringify("${token}"))`),
  ),
  shape(
    "localStorage: redux, JSON in JSON",
    hex,
    entry,
    nothing,
    stored(
      (token) =>
        `localStorage.setItem("persist:root", JSON.stringify({ auth: JSON.stringify({ accessToken: "${token}" }) }))`,
    ),
  ),
  shape(
    "sessionStorage: digits",
    digits,
    entry,
    nothing,
    stored((token) => `sessionStorage.setItem("k5", "${token}")`),
  ),
  shape(
    "sessionStorage: {body: {access_token}}",
    dotted,
    entry,
    nothing,
    stored((token) => `sessionStorage.setItem("@@auth0", JSON.stringify({ body: { access_token: "${token}" } }))`),
  ),
  shape(
    "IndexedDB: a string",
    base64url,
    entry,
    nothing,
    stored((token) => database(`"${token}"`)),
  ),
  shape(
    "IndexedDB: Firebase's record",
    base64url,
    entry,
    nothing,
    stored((token) => database(`{ value: { stsTokenManager: { refreshToken: "${token}" } } }`)),
  ),
  shape(
    "IndexedDB: a map",
    hex,
    entry,
    nothing,
    stored((token) => database(`new Map([["token", "${token}"]])`)),
  ),
];

export const tokenShapes: readonly TokenShape[] = [...named, ...unnamed, ...documents, ...wire, ...storage];

/** The same for each run: of these nothing may be refused. */
export const harmlessBodies: readonly (readonly [body: unknown, readable: string])[] = [
  [{ user: { password: "Password" } }, "Reset your password"],
  [{ de: { password: "Passwort", otp: "Einmalpasswort" } }, "Einmalpasswort eingeben, Passwort vergessen?"],
  [{ email: "ada@example.org", password: "**********" }, "Card ********** 4242"],
  [{ password: "••••••••" }, "•••••••• change"],
  [{ pin: "not set up", passcode: "configured" }, "Two steps: not set up. Autopay: configured."],
  [{ token: "undefined", secret: "required" }, "This field is required, not undefined"],
  [{ csrfToken: "csrfToken" }, "csrfToken"],
  [{ password: "{{password}}", token: "%token%" }, "the password and token of yours"],
  [{ credentials: "same-origin", authorization: "authenticated" }, "authenticated at the same-origin"],
  [{ password: "2026-11-21T15:04:05Z" }, "changed 2026-11-21T15:04:05Z"],
  [{ credential: "ada@lovelace.example" }, "ada@lovelace.example"],
  [{ password: "/account/reset-password" }, "go to /account/reset-password"],
  [{ "reset-password": "static/js/password.3f2a9c1b.js" }, "static/js/password.3f2a9c1b.js"],
  [{ code: "USD", state: "California", nonce: "once" }, "USD, California"],
  [{ code: "NOT_FOUND", error_code: "insufficient_funds" }, "insufficient_funds NOT_FOUND"],
  [{ orderId: "112-5551234-9981234", access: "read-only" }, "order 112-5551234-9981234 is read-only"],
  [{ tokenCount: 1234567, token_type: "bearer" }, "1234567 of bearer"],
  [{ session: { device: "iPhone 12 Pro", city: "Springfield" } }, "iPhone 12 Pro in Springfield"],
  [{ ticket: "Concert ticket", tickets: ["General admission"] }, "General admission, Concert ticket"],
];
