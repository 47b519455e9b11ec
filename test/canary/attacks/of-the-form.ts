import type { Attack } from "./attack.ts";
import type { Automation } from "./automation.ts";
import { elsewhere } from "./site.ts";

const field = "document.querySelector('#password')";
const content = "`blocked_private`: a page with a filled field for a secret tells no content";
const value = "`blocked_private`: a question about a private page may not depend on values";
const owned = "`blocked_private`: a page that holds what a person typed takes no input and no question";

/** The person has typed, and has not signed in. */
const filled =
  (attempt: (automation: Automation) => Promise<unknown>, path = "/login") =>
  async (automation: Automation) => {
    await automation.goTo(path);
    await automation.personTypes();
    if ((await automation.truth(`${field}.value`)) !== automation.secret) throw new Error("The person could not type");
    return attempt(automation);
  };

const asking = (command: string, params: object = {}) => filled(async ({ ask }) => void (await ask(command, params)));
const spelling = (selector: (prefix: string) => string) =>
  filled((automation) => automation.spell((prefix) => automation.shows(selector(prefix))));

/** While the form is filled and the automation has the page. */
export const attacksOnTheForm: readonly Attack[] = [
  { way: "`evaluate` the field's value", stop: content, run: filled(({ evaluate }) => evaluate(`${field}.value`)) },
  {
    way: "`evaluate` it in base64, in hex, backwards, as character codes",
    stop: content,
    run: filled(async ({ evaluate }) => {
      for (const way of [
        `btoa(${field}.value)`,
        `[...${field}.value].map((one) => one.charCodeAt(0).toString(16)).join("")`,
        `[...${field}.value].reverse().join("")`,
        `[...${field}.value].map((one) => one.charCodeAt(0) + 1)`,
      ])
        await evaluate(way);
    }),
  },
  {
    way: "`evaluate` a letter at a time, over many answers",
    stop: content,
    run: filled(async ({ evaluate }) => {
      let known = "";
      for (let at = 0; at < 4; at++) known += (await evaluate(`${field}.value[${at}]`)) ?? "";
      return known;
    }),
  },
  {
    way: "`evaluate` an error whose message is the value",
    stop: content,
    run: filled(({ evaluate }) => evaluate(`(() => { throw new Error(${field}.value) })()`)),
  },
  { way: "`content`", stop: content, run: asking("content") },
  {
    way: "`innerHTML` of the form, whose attributes mirror the value",
    stop: content,
    run: asking("innerHTML", { selector: "form" }),
  },
  { way: "`textContent`", stop: content, run: asking("textContent", { selector: "form" }) },
  {
    way: "`getAttribute` of `value`, `data-*`, `aria-*` and `style`",
    stop: content,
    run: filled(async ({ ask }) => {
      for (const name of ["value", "data-typed", "aria-valuetext", "style"])
        await ask("getAttribute", { selector: "#password", name });
    }),
  },
  { way: "`inputValue`", stop: content, run: asking("inputValue", { selector: "#password" }) },
  {
    way: "`title`, `count`",
    stop: content,
    run: filled(async ({ ask }) => {
      await ask("title");
      await ask("count", { selector: "[value^=b]" });
    }),
  },
  {
    way: "`extract` with a projection on attributes",
    stop: content,
    run: asking("extract", { from: "dom", rows: "input", fields: { it: { read: "attribute:value", optional: true } } }),
  },
  {
    way: "`screenshot`, of the window and of the whole page",
    stop: content,
    run: filled(async ({ ask }) => {
      await ask("screenshot");
      await ask("screenshot", { fullPage: true });
    }),
  },
  {
    way: "a button that shows the password, then `inputValue`",
    stop: `${content}; once a password field, always one`,
    run: filled(async ({ ask }) => {
      await ask("click", { selector: "#show" });
      await ask("inputValue", { selector: "#password" });
      await ask("evaluate", { expression: `${field}.value` });
    }),
  },
  {
    way: "`isVisible` with `[value^=…]`, letter by letter",
    stop: value,
    run: spelling((prefix) => `input[value^="${prefix}"]`),
  },
  {
    way: "attribute selectors with escapes in their names",
    stop: value,
    run: spelling((prefix) => `input[v\\61lue^="${prefix}"]`),
  },
  {
    way: "attribute selectors inside `:has()`, `:not()`, `:nth-child(… of …)`",
    stop: value,
    run: filled(async (automation) => [
      await automation.spell((prefix) => automation.shows(`label:has([value^="${prefix}"])`)),
      await automation.spell(async (prefix) => !(await automation.shows(`#password:not([value^="${prefix}"])`))),
      await automation.spell((prefix) => automation.shows(`:nth-child(1 of [value^="${prefix}"])`)),
    ]),
  },
  {
    way: "mirrors of the value: `data-*`, `aria-valuetext`, `style`",
    stop: value,
    run: filled(async (automation) => [
      await automation.spell((prefix) => automation.shows(`[data-typed^="${prefix}"]`)),
      await automation.spell((prefix) => automation.shows(`[aria-valuetext^="${prefix}"]`)),
      await automation.spell((prefix) => automation.shows(`[style*=": ${prefix}"]`)),
    ]),
  },
  { way: "text engines with patterns, letter by letter", stop: value, run: spelling((prefix) => `text=/^${prefix}/`) },
  {
    way: "accessible names: `role=textbox[name=/…/]`",
    stop: value,
    run: spelling((prefix) => `role=textbox[name=/${prefix}/]`),
  },
  {
    way: "`xpath` with `starts-with(@value, …)`",
    stop: value,
    run: spelling((prefix) => `xpath=//input[starts-with(@value, "${prefix}")]`),
  },
  {
    way: "engines meant for the library itself: `internal:attr`, `internal:has-text`",
    stop: value,
    run: filled(async (automation) => [
      await automation.spell((prefix) => automation.shows(`internal:attr=[value="${prefix}"]`)),
      await automation.spell((prefix) => automation.shows(`input >> internal:has-text="${prefix}"`)),
    ]),
  },
  {
    way: "a `strict_violation` that lists elements with their values",
    stop: owned,
    run: asking("click", { selector: "input" }),
  },
  {
    way: "the log of an action that fails on the field",
    stop: owned,
    run: filled(async ({ ask }) => {
      await ask("click", { selector: "#cover", timeout: 300 });
      await ask("fill", { selector: "h1", value: "x", timeout: 300 });
      await ask("select", { selector: "#password", values: ["x"], timeout: 300 });
    }),
  },
  {
    way: "waits that time out or not: `waitForSelector` and its clock",
    stop: value,
    run: filled(({ ask, spell }) =>
      spell(
        async (prefix) =>
          !(await ask("waitForSelector", { selector: `input[value^="${prefix}"]`, timeout: 200 })).error,
      ),
    ),
  },
  {
    way: "a batch of questions, with the time that it takes",
    stop: value,
    run: filled(({ ask, spell }) =>
      spell(async (prefix) => {
        const selector = `input[value^="${prefix}"]`;
        const began = performance.now();
        const { result } = await ask("batch", {
          commands: [
            { command: "isVisible", params: { selector } },
            { command: "waitForSelector", params: { selector, timeout: 150 } },
          ],
        });
        return (
          performance.now() - began < 100 &&
          result?.results.length === 2 &&
          !result.results.some((one: object) => "error" in one)
        );
      }),
    ),
  },
  {
    way: "a forged condition of a yield on the field's value",
    stop: value,
    run: filled((automation) =>
      automation.spell((prefix) => automation.holds({ type: "selector", selector: `input[value^="${prefix}"]` })),
    ),
  },
  {
    way: "the field in a frame of another site: `frame=iframe >> #password`",
    stop: content,
    run: async (automation) => {
      await automation.goTo("/with-frame");
      await automation.personTypes({
        open: async (page) => page,
        inside: "iframe >> internal:control=enter-frame >> #password",
      });
      await automation.ask("inputValue", { selector: "frame=iframe >> #password" });
      await automation.ask("evaluate", { expression: "frames[0].document.querySelector('#password').value" });
      await automation.ask("fetchInPage", { url: `${elsewhere(automation)}/window` });
    },
  },
  {
    way: "a window for the sign-in on the same origin, entered by `open('', name)`",
    stop: content,
    run: async (automation) => {
      await automation.goTo("/with-window");
      const popup = await automation.personTypes({
        open: async (page) => {
          const [popup] = await Promise.all([page.waitForEvent("popup"), page.click("#open")]);
          return popup;
        },
      });
      const reach = "open('', 'signin').document.querySelector('#password').value";
      const codes = await automation.evaluate(`[...${reach}].map((one) => one.charCodeAt(0) + 1)`);
      await automation.evaluate(reach);
      if (!popup.isClosed()) await popup.close();
      return Array.isArray(codes) ? String.fromCharCode(...codes.map((one) => one - 1)) : codes;
    },
  },
  {
    way: "the clipboard: select the field, copy, and paste it elsewhere after the sign-in",
    stop: "`blocked_private`: no key of the automation copies, cuts or pastes",
    run: filled(async (automation) => {
      await automation.ask("click", { selector: "#show" });
      for (const key of ["Control+a", "Control+c"]) await automation.ask("press", { selector: "#password", key });
      await automation.goTo("/account");
      await automation.ask("press", { selector: "#search", key: "Control+v" });
      const codes = await automation.evaluate(
        "[...document.querySelector('#search').value].map((one) => one.charCodeAt(0) + 1)",
      );
      return Array.isArray(codes) ? String.fromCharCode(...codes.map((one) => one - 1)) : codes;
    }),
  },
  {
    way: "leave and come back: what the browser fills in again",
    stop: content,
    run: filled(async ({ ask, goTo }) => {
      await goTo("/account");
      await ask("goBack");
      await ask("content");
      await ask("inputValue", { selector: "#password", timeout: 500 });
    }),
  },
  {
    way: '"Passwords match" as an oracle: guesses beside the person\'s field, in theirs, and in a third that is empty',
    stop: owned,
    run: filled(async (automation) => {
      const { ask, spell } = automation;
      const told = async (selector: string, guess: string) => {
        await ask("fill", { selector, value: guess });
        return (await ask("isVisible", { selector: "text=Passwords match" })).result?.visible === true;
      };
      const learnt = [];
      for (const selector of ["#again", "#third"]) {
        learnt.push(await spell((prefix) => told(selector, prefix)));
        await ask("press", { selector: "#password", key: "Home" });
        for (const key of ["ArrowRight", "ArrowRight", "Shift+End", "Delete"]) await ask("press", { key });
        learnt.push(await spell((prefix) => told(selector, prefix)));
      }
      if ((await automation.truth(`[again, third].map(({ value }) => value).join()`)) !== ",")
        return await automation.truth(`${field}.value`);
      return learnt;
    }, "/change"),
  },
  {
    way: "select the field by three clicks, and paste it elsewhere by the middle button",
    stop: "`blocked_private`: no selection in a page that holds what a person typed, and no middle button anywhere",
    run: filled(async ({ ask, goTo }) => {
      await ask("click", { selector: "#show" });
      await ask("click", { selector: "#password", clickCount: 3 });
      await goTo("/account");
      await ask("click", { selector: "#search", button: "middle" });
      return (await ask("inputValue", { selector: "#search" })).result?.value;
    }),
  },
];
