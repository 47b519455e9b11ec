import { objectOf } from "../../../device/test/object-shape.ts";
import type { Attack } from "./attack.ts";
import type { Automation } from "./automation.ts";

const scan = "`blocked_secret`: the scan knows what was typed, however it is written";

/** The person has signed in, and the account page is open to the automation. */
const signedIn =
  (attempt: (automation: Automation) => Promise<unknown>, path = "/login") =>
  async (automation: Automation) => {
    await automation.goTo(path);
    await automation.personSignsIn();
    return attempt(automation);
  };

/** The site keeps the password somewhere, or sends it back. */
const kept = (automation: Automation, expression: string) =>
  automation
    .truth(`void (localStorage.kept = ${JSON.stringify(automation.secret)})`)
    .then(() => automation.evaluate(expression));

const given = objectOf({ given: { leaf: "text", max: 80, digits: true } });

/** After the sign-in. */
export const laterAttacks: readonly Attack[] = [
  {
    way: "the body of the sign-in's response, which echoes the password: `waitForResponse`, `extract`",
    stop: scan,
    run: signedIn(async ({ ask }) => {
      await ask("waitForResponse", { url: "/session", captureBody: true, timeout: 1_000 });
      await ask("extract", { from: "response", url: "/session", schema: given, timeout: 1_000 });
      await ask("extract", { from: "response", url: "/session", timeout: 1_000 });
    }),
  },
  {
    way: "the same body by a yield's `captureBody`",
    stop: scan,
    run: signedIn((automation) => automation.holds({ type: "networkRequest", url: "/session", captureBody: true })),
  },
  {
    way: "the same body by a yield's `bodyContains`, letter by letter",
    stop: "a body with something that was typed meets no `bodyContains`",
    run: signedIn((automation) =>
      automation.spell((prefix) =>
        automation.holds({ type: "networkRequest", url: "/session", bodyContains: `"given":"${prefix}` }),
      ),
    ),
  },
  {
    way: "`fetchInPage` of an API that tells the password, whole and by a schema",
    stop: scan,
    run: signedIn(async ({ ask }) => {
      await ask("fetchInPage", { url: "/api/profile" });
      await ask("fetchInPage", { url: "/api/profile", schema: given });
    }),
  },
  {
    way: "`fetchInPage` of the form itself, and of another origin",
    stop: "a page that is loaded anew holds nothing that was typed; `origin_not_allowed`",
    run: signedIn(async ({ ask, origin }) => {
      await ask("fetchInPage", { url: "/login" });
      await ask("fetchInPage", { url: `${origin.replace("127.0.0.1", "localhost")}/login` });
    }),
  },
  {
    way: "a form that puts the password into the address: `url`, `waitForNavigation`, `location.href`",
    stop: `${scan}; addresses are told without such parameters`,
    run: signedIn(async ({ ask, evaluate }) => {
      await ask("url");
      await ask("waitForNavigation", { urlPattern: "account", timeout: 500 });
      await evaluate("location.href");
      await evaluate("document.referrer");
      await evaluate("performance.getEntriesByType('navigation').map(({ name }) => name)");
      await ask("goBack");
    }, "/login-get"),
  },
  {
    way: "that address, letter by letter: `waitForURL` with a pattern",
    stop: "an address with something that was typed is matched without its query",
    run: signedIn(
      ({ ask, spell }) =>
        spell(
          async (prefix) => !(await ask("waitForURL", { url: { pattern: `password=${prefix}` }, timeout: 150 })).error,
        ),
      "/login-get",
    ),
  },
  {
    way: "plain, in base64, hex, backwards or spaced out, from where the site keeps it",
    stop: scan,
    run: signedIn(async (automation) => {
      for (const way of [
        "it",
        "btoa(it)",
        "btoa('x' + it)",
        "[...it].reverse().join('')",
        "[...it].join(' ')",
        "it.toUpperCase()",
        "encodeURIComponent([...it].map((one) => '%' + one.charCodeAt(0).toString(16)).join(''))",
        "[...it].map((one) => one.charCodeAt(0).toString(16)).join('')",
        "({ a: it.slice(0, 5), b: it.slice(5) })",
        "[...it]",
        "({ [it]: 1 })",
      ])
        await kept(automation, `((it) => (${way}))(localStorage.kept)`);
    }),
  },
  {
    way: "the same in pieces, over several answers in a row",
    stop: scan,
    run: signedIn(async (automation) => {
      for (let at = 0; at < 13; at += 3) await kept(automation, `localStorage.kept.slice(${at}, ${at + 3})`);
    }),
  },
  {
    way: "an error of `evaluate` that quotes it",
    stop: scan,
    run: signedIn((automation) => kept(automation, "(() => { throw new Error(localStorage.kept) })()")),
  },
  {
    way: "a picture of a page whose fields are filled in",
    stop: "pictures cover everything that can be edited",
    run: signedIn(async (automation) => {
      await automation.truth(
        `void Object.assign(document.querySelector("#search"), { value: ${JSON.stringify(automation.secret)}, style: "background: #f0f; color: #f0f" })`,
      );
      const { result } = await automation.ask("screenshot");
      return (await automation.pixels(result.data, "255,0,255")) > 0 && automation.secret;
    }),
  },
  {
    way: "a picture of a page that shows the password as text",
    stop: "`blocked_secret`: the page's own text is searched before a picture is taken",
    run: signedIn(async (automation) => {
      await automation.truth(`void (localStorage.kept = ${JSON.stringify(automation.secret)})`);
      await automation.goTo("/shown");
      for (const params of [{}, { fullPage: true }, { format: "jpeg" }])
        if ((await automation.ask("screenshot", params)).result) return automation.secret;
      return null;
    }),
  },
  {
    way: "`navigate` to `javascript:`, `data:`, `file:`, `view-source:`, `chrome:`, `blob:`",
    stop: "`origin_not_allowed`: http and https only",
    run: signedIn(async ({ ask }) => {
      for (const url of [
        "javascript:fetch('/collect?it=' + localStorage.kept)",
        "data:text/html,x",
        "file:///etc/passwd",
        "view-source:http://127.0.0.1/",
        "chrome://settings",
        "blob:http://127.0.0.1/x",
      ])
        await ask("navigate", { url });
    }),
  },
  {
    way: "commands that the protocol does not have: cookies, storage, a script for every page",
    stop: "`unsupported_command`",
    run: signedIn(async ({ ask }) => {
      for (const command of ["cookies", "storageState", "addInitScript", "pdf", "ariaSnapshot"]) await ask(command, {});
    }),
  },
  {
    way: "many questions: to spell a private page's words out by guessing",
    stop: "`blocked_private` after 200 different questions of a session",
    run: async (automation) => {
      await automation.goTo("/login");
      await automation.personTypes();
      for (let at = 0; at < 210; at++) await automation.shows(`.guess-${at}`);
    },
  },
];
