import type { Attack } from "./attack.ts";
import type { Automation } from "./automation.ts";

const fresh =
  "`blocked_private`: `evaluate` never runs in a page with such a field; where it has run, the person gets a new document";

/** Something is laid out on an open page of the origin; then the person signs in; then it is collected. */
const prepared =
  (before: (automation: Automation) => Promise<unknown>, after: (automation: Automation) => Promise<unknown>) =>
  async (automation: Automation) => {
    await automation.goTo("/account");
    await before(automation);
    await automation.goTo("/login");
    await before(automation);
    await automation.personSignsIn();
    return after(automation);
  };

const listen = (then: string) =>
  `addEventListener("input", ({ target }) => { const it = target.value; ${then} }, true); setInterval(() => { const it = document.querySelector("#password")?.value ?? ""; ${then} }, 5); null`;
const nothing = async () => {};

/** Traps on the page before the person's turn. */
export const preparedAttacks: readonly Attack[] = [
  {
    way: "a listener in the page, and no turn: the person is asked by `updateStatus` to type where a field appears",
    stop: "a document in which `evaluate` has run takes nothing from a person, and is loaded anew when they try",
    run: async (automation) => {
      await automation.goTo("/later");
      await automation.evaluate(
        `for (const type of ["keydown", "beforeinput", "input", "paste", "compositionupdate"])
          addEventListener(type, ({ key, data }) => navigator.sendBeacon("/collect?it=" + (key ?? data)), true); null`,
      );
      await automation.ask("updateStatus", { heading: "Please sign in" });
      await automation.ask("click", { selector: "#open" });
      await automation.personTypesUnasked();
      return automation.heard();
    },
  },
  {
    way: "a listener that sends what is typed to an address of its own",
    stop: fresh,
    run: prepared(({ evaluate }) => evaluate(listen("navigator.sendBeacon('/collect?it=' + it)")), nothing),
  },
  {
    way: "a listener that keeps it in `localStorage`, read after the sign-in",
    stop: fresh,
    run: prepared(
      ({ evaluate }) => evaluate(listen("localStorage.stash = it")),
      async ({ evaluate }) => {
        await evaluate("localStorage.stash ?? null");
        return decoded(await evaluate("[...localStorage.stash ?? ''].map((one) => one.charCodeAt(0) + 1)"));
      },
    ),
  },
  {
    way: "a listener that keeps it in `window.name`, which outlives documents",
    stop: fresh,
    run: prepared(
      ({ evaluate }) => evaluate(listen("window.name = it")),
      async ({ evaluate }) => decoded(await evaluate("[...window.name].map((one) => one.charCodeAt(0) + 1)")),
    ),
  },
  {
    way: "a listener that writes it into `document.title` or the address",
    stop: fresh,
    run: prepared(
      ({ evaluate }) => evaluate(listen("document.title = it; history.replaceState(null, '', '?q=' + it)")),
      async ({ ask }) => {
        await ask("title");
        await ask("url");
      },
    ),
  },
  {
    way: "a script element with such a listener in the page's own world",
    stop: fresh,
    run: prepared(
      ({ evaluate }) =>
        evaluate(
          `document.documentElement.append(Object.assign(document.createElement("script"), { textContent: ${JSON.stringify(listen("navigator.sendBeacon('/collect?it=' + it)"))} })); null`,
        ),
      nothing,
    ),
  },
  {
    way: "a dialog whose text is the value",
    stop: `${fresh}; a dialog's text is not sent`,
    run: prepared(
      ({ evaluate }) => evaluate(listen("if (it.length > 8 && !window.said) { window.said = 1; alert(it) }")),
      nothing,
    ),
  },
  {
    way: "an expression that never ends, and answers when something was typed",
    stop: "`timeout`, and a new document for the person",
    run: async (automation) => {
      await automation.goTo("/account");
      const waiting = automation.ask("evaluate", {
        expression:
          "new Promise((done) => setInterval(() => document.querySelector('#password')?.value.length > 8 && done(document.querySelector('#password').value)))",
        timeout: 500,
      });
      await waiting;
      await automation.goTo("/login");
      await automation.personSignsIn();
    },
  },
  {
    way: "a window of the same origin that watches its opener",
    stop: "windows that an expression may have opened are closed before the person types",
    run: prepared(
      ({ evaluate }) =>
        evaluate(
          `(() => { const other = open("/account", "watcher"); other?.addEventListener("load", () => other.eval(${JSON.stringify("setInterval(() => navigator.sendBeacon('/collect?it=' + (opener?.document.querySelector('#password')?.value ?? '')), 5)")})); })()`,
        ),
      nothing,
    ),
  },
  {
    way: "a frame of the same origin that watches its parent",
    stop: fresh,
    run: prepared(
      ({ evaluate }) =>
        evaluate(
          `document.body.append(Object.assign(document.createElement("iframe"), { srcdoc: "<script>setInterval(() => navigator.sendBeacon('/collect?it=' + (parent.document.querySelector('#password')?.value ?? '')), 5)</" + "script>" })); null`,
        ),
      nothing,
    ),
  },
  {
    way: "a service worker",
    stop: "`evaluate_failed`: browsers take one only from a script that the site itself serves",
    run: prepared(
      ({ evaluate }) =>
        evaluate(
          `navigator.serviceWorker.register(URL.createObjectURL(new Blob(["onfetch = async ({ request }) => fetch('/collect?it=' + await request.clone().text())"], { type: "text/javascript" }))).then(() => "registered")`,
        ),
      async ({ ask }) => void (await ask("fetchInPage", { url: "/account" })),
    ),
  },
  {
    way: "the form sent to another address: its `action` or a `<base>` changed",
    stop: fresh,
    run: prepared(
      ({ evaluate }) =>
        evaluate(
          `document.head.append(Object.assign(document.createElement("base"), { href: "/collect/" })); for (const form of document.forms) { form.onsubmit = null; form.method = "get"; form.action = "/collect" } null`,
        ),
      nothing,
    ),
  },
  {
    way: "a stylesheet that loads a picture for each value: `input[value^=a] { background: url(…) }`",
    stop: fresh,
    run: prepared(
      ({ evaluate, secret }) =>
        evaluate(
          `document.head.append(Object.assign(document.createElement("style"), { textContent: '#password[value^="${secret.slice(0, 2)}"] { background: url("/collect?begins=${secret.slice(0, 2)}") !important }' })); null`,
        ),
      async (automation) => automation.collected().length > 0 && automation.secret,
    ),
  },
  {
    way: "a copy of the form under the real one, filled by the automation",
    stop: "`blocked_private`: a field for a secret is one, whoever made it; what is typed in the real one is not in it",
    run: async (automation) => {
      await automation.goTo("/login");
      await automation.ask("fill", { selector: "#note", value: "x" });
      await automation.personTypes();
      await automation.ask("inputValue", { selector: "#note" });
      await automation.ask("extract", { from: "dom", fields: { it: { selector: "#note", read: "attribute:value" } } });
    },
  },
];

export function decoded(codes: unknown): unknown {
  return Array.isArray(codes) ? String.fromCharCode(...codes.map((one) => Number(one) - 1)) : codes;
}
