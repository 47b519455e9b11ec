import { objectOf } from "../../device/test/object-shape.ts";
import { bills, fillIn, form, type Kind, list, type Secrets } from "./kind.ts";

const text = (selector: string, value: string) => ["textContent", { selector }, { text: value }] as const;
const amount = text("li b >> nth=0", "42.50");
const bill = objectOf({ month: { leaf: "text", max: 40, digits: true }, amount: { leaf: "money" } });
const schema = objectOf({ bills: { type: "array", maxItems: 12, items: bill } });
const byFetch = ["fetchInPage", { url: "/api/bills", schema }, { body: { bills } }] as const;
const rows = { from: "dom", rows: "li", fields: { amount: { selector: "b" } } };
const byExtract = ["extract", rows, { data: bills.map((bill) => ({ amount: bill.amount })) }] as const;
const shown = [{ type: "selector", selector: "h1:has-text('Bills')" }] as const;

/** An application that a framework draws, late. */
function framework(name: string): Kind {
  return {
    name,
    start: "/account",
    pages: () => ({ "/account": `<body><main></main><script type=module src="/${name.toLowerCase()}.js"></script>` }),
    signIn: fillIn,
    conditions: [...shown],
    reads: [amount, byFetch, byExtract],
  };
}

const signedIn = (secrets: Secrets) => ({ "set-cookie": `sid=${secrets.session}; HttpOnly; Path=/` });
const to = (location: string, headers: object = {}) => ({ status: 302, headers: { location, ...headers } });

export const kinds: readonly Kind[] = [
  {
    name: "server-rendered",
    start: "/account",
    pages: (secrets) => ({
      "/account": (request) =>
        secrets.isSignedIn(request) ? { body: list } : to(`/sign-in?next=%2Faccount&sso=${secrets.state}`),
      "/sign-in": form("/enter"),
      "/enter": ({ body }) => (secrets.isRight(body) ? to("/account", signedIn(secrets)) : to("/sign-in")),
    }),
    signIn: fillIn,
    conditions: [{ type: "url", pattern: "/account$" }],
    reads: [amount, byFetch, byExtract],
  },
  {
    name: "AJAX",
    start: "/account",
    pages: () => ({
      "/account": `${form()}<script>
        document.forms[0].onsubmit = (event) => { event.preventDefault();
          const call = (method, path, body, then) => { const x = new XMLHttpRequest(); x.open(method, path); x.onload = () => then(x); x.send(body) };
          call("POST", "/login", new URLSearchParams(new FormData(event.target)).toString(), (x) => x.status === 200 && call("GET", "/api/bills", null, (y) => {
            document.body.innerHTML = "<h1>Bills</h1><ul>" + JSON.parse(y.responseText).bills.map((b) => "<li>" + b.month + "<b>" + b.amount + "</b>").join("") + "</ul>" })) }</script>`,
    }),
    signIn: fillIn,
    conditions: [{ type: "networkRequest", urlContains: "/api/bills", successfulOnly: true, captureBody: true }],
    reads: [amount, byFetch, byExtract],
  },
  {
    name: "iframes",
    start: "/account",
    pages: (secrets) => ({
      "/account": `<h1>Shop</h1><iframe id=inner src="/inner"></iframe>`,
      "/inner": (request) => ({ body: secrets.isSignedIn(request) ? list : form("/enter") }),
      "/enter": ({ body }) => to("/inner", secrets.isRight(body) ? signedIn(secrets) : {}),
    }),
    signIn: (person, typed) => fillIn(person.frameLocator("#inner"), typed),
    conditions: [{ type: "selector", selector: "#inner >> internal:control=enter-frame >> h1:has-text('Bills')" }],
    reads: [text("#inner >> internal:control=enter-frame >> li b >> nth=0", "42.50"), byFetch],
  },
  framework("React"),
  framework("Vue"),
  framework("Angular"),
  {
    name: "hash routes",
    start: "/",
    pages: () => ({
      "/": `<main></main><script>
        const draw = async () => { const main = document.querySelector("main");
          if (location.hash !== "#/account") { location.hash = "#/sign-in"; main.innerHTML = ${JSON.stringify(form())};
            document.forms[0].onsubmit = async (event) => { event.preventDefault();
              if ((await fetch("/login", { method: "POST", body: new URLSearchParams(new FormData(event.target)) })).ok) location.hash = "#/account" }; return }
          const { bills } = await (await fetch("/api/bills")).json();
          main.innerHTML = "<h1>Bills</h1><ul>" + bills.map((b) => "<li>" + b.month + "<b>" + b.amount + "</b>").join("") + "</ul>" };
        addEventListener("hashchange", draw); draw()</script>`,
    }),
    signIn: fillIn,
    conditions: [{ type: "url", pattern: "#/account$" }],
    reads: [["waitForSelector", { selector: "h1:has-text('Bills')" }, {}], amount, byFetch, byExtract],
  },
  {
    name: "two tabs",
    start: "/account",
    pages: (secrets) => ({
      "/account": (request) => ({
        body: secrets.isSignedIn(request)
          ? list
          : `<a id=open target=_blank href="/sign-in">Sign in</a><script>new BroadcastChannel("in").onmessage = () => location.reload()</script>`,
      }),
      "/sign-in": form("/enter"),
      "/enter": ({ body }) =>
        secrets.isRight(body)
          ? {
              headers: signedIn(secrets),
              body: "<script>new BroadcastChannel('in').postMessage(1); setTimeout(() => window.close(), 100)</script>",
            }
          : to("/sign-in"),
    }),
    signIn: async (person, typed) => {
      const [tab] = await Promise.all([person.context().waitForEvent("page"), person.click("#open")]);
      await fillIn(tab, typed);
    },
    conditions: [...shown],
    reads: [amount, byFetch, byExtract],
  },
  {
    name: "token renewal",
    start: "/account",
    pages: (secrets) => {
      let calls = 0;
      const json = { "content-type": "application/json" };
      const bearer = () => secrets.bearers[Math.min(calls, 2)];
      return {
        "/account": `${form()}<script>
          let token; const renew = async () => { ({ token } = await (await fetch("/renew", { method: "POST" })).json()) };
          const call = async () => { const ask = () => fetch("/api/own", { headers: { authorization: "Bearer " + token } });
            let answer = await ask(); if (answer.status === 401) { await renew(); answer = await ask() } return answer.json() };
          document.forms[0].onsubmit = async (event) => { event.preventDefault();
            const answer = await fetch("/token", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
            if (!answer.ok) return; ({ token } = await answer.json()); await call(); const { bills } = await call();
            document.body.innerHTML = "<h1>Bills</h1><ul>" + bills.map((b) => "<li>" + b.month + "<b>" + b.amount + "</b>").join("") + "</ul>" }</script>`,
        "/token": ({ body }) =>
          secrets.isRight(body)
            ? { headers: { ...json, ...signedIn(secrets) }, body: JSON.stringify({ token: bearer() }) }
            : { status: 401 },
        "/renew": (request) =>
          secrets.isSignedIn(request) ? { headers: json, body: JSON.stringify({ token: bearer() }) } : { status: 401 },
        // Each token is good for one call.
        "/api/own": ({ headers }) => {
          if (headers.authorization !== `Bearer ${bearer()}`) return { status: 401 };
          calls++;
          return { headers: json, body: JSON.stringify({ bills }) };
        },
      };
    },
    signIn: fillIn,
    conditions: [...shown],
    reads: [amount, byExtract],
  },
  {
    name: "OpenID Connect",
    start: "/account",
    pages: (secrets, { own, login }) => ({
      "/account": (request) =>
        secrets.isSignedIn(request)
          ? { body: list }
          : to(
              `${login}/authorize?client_id=shop&response_type=code&state=${secrets.state}&redirect_uri=${encodeURIComponent(`${own}/callback`)}`,
            ),
      "/authorize": ({ url }) => ({ body: form(`/authenticate${url.search}`) }),
      "/authenticate": ({ url, body }) =>
        secrets.isRight(body)
          ? to(`${url.searchParams.get("redirect_uri")}?code=${secrets.code}&state=${url.searchParams.get("state")}`)
          : to(`/authorize${url.search}`),
      "/callback": ({ url }) => {
        const isRight =
          url.searchParams.get("code") === secrets.code && url.searchParams.get("state") === secrets.state;
        return isRight ? to("/account", signedIn(secrets)) : { status: 400 };
      },
    }),
    signIn: fillIn,
    conditions: [{ type: "url", pattern: "/account$" }],
    reads: [amount, byFetch, byExtract],
  },
  {
    name: "popup and cross-origin frame",
    start: "/account",
    pages: (secrets, { own, login, frame }) => ({
      "/account": `<h1>Shop</h1><button id=open onclick="window.open('${login}/window')">Sign in</button><script>
        addEventListener("message", (event) => { if (event.origin !== "${login}") return;
          document.querySelector("#open").remove();
          document.body.insertAdjacentHTML("beforeend", "<iframe id=bills src='${frame}/bills#" + event.data + "'></iframe><p id=in>Signed in</p>") })</script>`,
      "/window": form("/enter"),
      "/enter": ({ body }) =>
        secrets.isRight(body)
          ? { body: `<script>opener.postMessage("${secrets.bearers[0]}", "${own}"); window.close()</script>` }
          : to("/window"),
      "/bills": `<main></main><script>fetch("/own", { headers: { authorization: location.hash.slice(1) } }).then((a) => a.text()).then((t) => { document.querySelector("main").innerHTML = t })</script>`,
      "/own": ({ headers }) => (headers.authorization === secrets.bearers[0] ? { body: list } : { status: 401 }),
    }),
    signIn: async (person, typed) => {
      const [popup] = await Promise.all([person.waitForEvent("popup"), person.click("#open")]);
      await fillIn(popup, typed);
    },
    conditions: [{ type: "selector", selector: "#in" }],
    reads: [text("#bills >> internal:control=enter-frame >> li b >> nth=0", "42.50"), text("#in", "Signed in")],
  },
  {
    name: "HTTP Basic",
    start: "/account",
    pages: () => ({ "/account": () => ({ status: 401, headers: { "www-authenticate": "Basic realm=Shop" } }) }),
    signIn: async () => {},
    conditions: [],
    reads: null,
  },
];
