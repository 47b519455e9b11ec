import { documents, named, unnamed } from "./token-bodies.ts";
import {
  base64,
  base64url,
  colons,
  digits,
  dotted,
  framed,
  hex,
  html,
  letters,
  nothing,
  shape,
  short,
  type TokenShape,
} from "./token-shape.ts";

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
