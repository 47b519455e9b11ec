import type { CommandName, CommandParams } from "@passage/protocol/commands";
import { objectOf } from "../../device/test/object-shape.ts";

type Requests = { readonly [Name in CommandName]: readonly CommandParams<Name>[] };

const bill = objectOf({ id: { leaf: "text", max: 40 }, amount: { leaf: "money" } });
const tokenSchema = objectOf({ access_token: { leaf: "text", max: 500, digits: true } });
const billsSchema = objectOf({ bills: { type: "array", maxItems: 12, items: bill } });

/** Waits that will not be met end after this. */
const timeout = 100;

export interface Target {
  readonly origin: string;
  /** The visit's, in the site's addresses. */
  readonly key: string;
  /** What leads a selector to the form's fields. */
  readonly within: string;
}

type Request = readonly [command: string, params: object];

/** What is asked of the device in each moment: `leaves` is what leaves the page, and with it what the person typed. */
export function requests(target: Target): { readonly stays: readonly Request[]; readonly leaves: readonly Request[] } {
  const { navigate, reload, goBack, ...others } = everyCommand(target);
  const flat = (lists: Partial<Requests>) =>
    Object.entries(lists).flatMap(([command, list]) => list.map((params): Request => [command, params]));
  return { stays: [...flat(others), ...undeclared], leaves: flat({ navigate, reload, goBack }) };
}

/**
 * Every command of the protocol, in the ways that come nearest to a secret. A new command is missing here until the type
 * checker has been satisfied.
 */
function everyCommand({ origin, key, within }: Target): Requests {
  const [field, code] = [`${within}#password`, `${within}#code >> nth=0`];
  const note = "#note";
  return {
    url: [{}],
    title: [{}],
    content: [{}],
    textContent: [
      { selector: field, timeout },
      { selector: "body", timeout },
      { selector: "html", timeout },
    ],
    innerText: [
      { selector: field, timeout },
      { selector: "body", timeout },
      { selector: "html", timeout },
    ],
    innerHTML: [
      { selector: "body", timeout },
      { selector: "html", timeout },
    ],
    getAttribute: [
      { selector: field, name: "value", timeout },
      { selector: code, name: "value", timeout },
    ],
    inputValue: [
      { selector: field, timeout },
      { selector: `${within}#user`, timeout },
      { selector: `${within}#answer`, timeout },
      { selector: code, timeout },
    ],
    isVisible: [{ selector: field }, { selector: "text=/./ >> nth=0" }],
    count: [{ selector: "input" }, { selector: "*" }],
    evaluate: [
      {
        expression:
          "[...document.querySelectorAll('input, select, [contenteditable]')].map((one) => one.value ?? one.innerText)",
      },
      { expression: everyField },
      { expression: "document.documentElement.outerHTML" },
      { expression: "document.cookie" },
      { expression: "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])" },
      { expression: everyEntry },
      { expression: "location.href + performance.getEntries().map(({ name }) => name)" },
      { expression: "btoa(document.cookie + JSON.stringify(localStorage))" },
      { expression: "[...document.cookie].reverse().join('')" },
      { expression: "document.cookie.split('')" },
      { expression: "throw new Error(document.cookie + location.href)" },
      { expression: "new Promise(() => console.log(document.cookie))", timeout },
    ],
    screenshot: [{}, { format: "jpeg", fullPage: true }],
    extract: [
      {
        from: "dom",
        fields: { all: { selector: "body", read: "html" }, value: { selector: field, read: "attribute:value" } },
        timeout,
      },
      { from: "dom", rows: "input", fields: { value: { read: "attribute:value", optional: true } }, timeout },
      { from: "response", url: "/session/", schema: tokenSchema, timeout },
      { from: "response", url: "/submit/", timeout },
    ],
    waitForResponse: [
      { url: "/session/", captureBody: true, timeout },
      { url: "/submit/", captureBody: true, timeout },
      { url: "/login/|/account", captureBody: true, timeout },
    ],
    fetchInPage: [
      { url: `/login/${key}`, timeout },
      { url: `/session/${key}`, as: "json", timeout },
      { url: "/api/bills", as: "json", schema: billsSchema, timeout },
      { url: `/session/${key}?echo`, method: "POST", headers: { "x-echo": "1" }, body: "{}", timeout },
      { url: `/session/${key}?echo`, headersFrom: { url: ".", names: ["authorization"] }, timeout },
      { url: `/session/${key}`, as: "base64", timeout },
    ],
    waitForSelector: [
      { selector: field, timeout },
      { selector: "input[value^='a']", timeout },
    ],
    waitForNetworkIdle: [{ idleTime: 20, timeout }],
    waitForTimeout: [{ timeout: 1 }],
    waitForNavigation: [
      { urlPattern: "access_token=(.*)", timeout },
      { urlPattern: "/", timeout },
    ],
    waitForURL: [
      { url: { pattern: "code=" }, timeout },
      { url: { pattern: "/" }, timeout },
    ],
    hover: [{ selector: "#harmless", timeout }],
    click: [
      { selector: "#harmless", timeout },
      { selector: "*", timeout },
    ],
    check: [{ selector: "#agree", timeout }],
    uncheck: [{ selector: "#agree", timeout }],
    fill: [{ selector: note, value: "note", timeout }],
    type: [{ selector: note, text: "!", timeout }],
    press: [{ selector: note, key: "Control+a", timeout }],
    clear: [{ selector: note, timeout }],
    focus: [{ selector: note, timeout }],
    select: [{ selector: "#plan", values: ["b"], timeout }],
    setInputFiles: [{ selector: "#file", files: [{ name: "a.txt", mimeType: "text/plain", data: "YQ==" }], timeout }],
    updateStatus: [{ heading: "Working" }],
    navigate: [{ url: `${origin}/missing?echo=1#x` }],
    reload: [{}],
    goBack: [{}],
  };
}

/** What is in every field that a script of the page itself could come to: in open shadow roots and frames of its origin too. */
const everyField = `(function values(root) {
  return [...root.querySelectorAll("*")].flatMap((one) => [
    ...("value" in one ? [String(one.value)] : []),
    ...(one.shadowRoot ? values(one.shadowRoot) : []),
    ...(one.contentDocument ? values(one.contentDocument) : []),
  ]);
})(document)`;

/** What is in every IndexedDB of the origin. */
const everyEntry = `indexedDB.databases().then((all) => Promise.all(all.map(({ name }) => new Promise((done) => {
  const opening = indexedDB.open(name);
  opening.onsuccess = () => {
    const { result } = opening;
    const stores = [...result.objectStoreNames];
    if (stores.length === 0) return done([]);
    const reading = result.transaction(stores);
    const values = stores.map((store) => reading.objectStore(store).getAll());
    reading.oncomplete = () => { result.close(); done(values.map((one) => one.result)) };
  };
}))))`;

/** What no row of the protocol allows. */
const undeclared: readonly Request[] = [
  ["storage", {}],
  ["cookies", { urls: ["http://127.0.0.1"] }],
  ["globalJavascript", { script: "document.cookie" }],
  ["evaluate", { expression: 7 }],
  ["batch", { commands: [{ command: "content" }, { command: "evaluate", params: { expression: "document.cookie" } }] }],
  ["batch", { commands: [{ command: "isVisible", params: { selector: "#password" } }, { command: "title" }] }],
];
