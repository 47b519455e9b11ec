import { base64, base64url, colons, digits, dotted, hex, letters, nothing, shape, short } from "./shape.ts";

const stored = (script: (token: string) => string) => (token: string) => ({ script: script(token) });
const database = (value: string) =>
  `new Promise((done) => { const open = indexedDB.open("db" + url, 1); open.onupgradeneeded = () => open.result.createObjectStore("s"); open.onsuccess = () => { const change = open.result.transaction("s", "readwrite"); change.objectStore("s").put(${value}, "k"); change.oncomplete = () => { open.result.close(); done(); }; }; })`;
const entry = /storage entry/;

/** What the browser keeps for the site. */
export const storage = [
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
