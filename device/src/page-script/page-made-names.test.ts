import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPageScript } from "../../build.ts";
import { Rig } from "../../test/rig.ts";

/** A form's controls stand in for the form's own properties, by their names, in every world. */
let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const { names } = await buildPageScript();
const isWhole = process.env.PASSAGE_TESTS === "conformance";
/** The names that once stopped the page, and those that stop whatever looks at a form. */
const known = [
  "parentElement",
  "assignedSlot",
  "getAttribute",
  "localName",
  "shadowRoot",
  "children",
  "id",
  "parentNode",
];

function formWith(controls: readonly string[], more = ""): string {
  const inputs = controls.map((name) => `<input name="${name}">`).join("");
  return `<main><form id=form aria-label="Delivery" onsubmit="return false">${inputs}
    <label>City <input id=city></label><button type=button id=go onclick="out.textContent = 'clicked'">Go</button>${more}</form></main>
    <p id=out>no</p>`;
}

/** Whatever looks at a form, goes through one or acts in one. */
async function everything(): Promise<void> {
  const ok = async (command: string, params: Record<string, unknown>, result: unknown = {}) =>
    expect(await rig.send(command, { timeout: 10_000, ...params })).toMatchObject({ result });
  for (const selector of [
    "#go",
    "text=Go",
    "role=button[name='Go']",
    "form >> button",
    "//form//button",
    "main button:visible",
  ])
    await ok("count", { selector }, { count: 1 });
  await ok("count", { selector: "role=form[name='Delivery']" }, { count: 1 });
  await ok("count", { selector: "form:has-text('City')" }, { count: 1 });
  await ok("fill", { selector: "label=City", value: "Oslo" });
  await ok("click", { selector: "role=button[name='Go']" });
  await ok("textContent", { selector: "#out" }, { text: "clicked" });
  await ok("hover", { selector: "#form" });
  await ok("focus", { selector: "#city" });
  await ok("getAttribute", { selector: "#form", name: "aria-label" }, { value: "Delivery" });
  await ok("isVisible", { selector: "#form" }, { visible: true });
  expect((await rig.run("innerHTML", { selector: "main" })).result.html).toContain('id="form"');
  expect(await rig.value("document.querySelector('#city').value")).toBe("Oslo");
}

describe("controls that are called as what the page script reads", () => {
  test("all at once", async () => {
    expect(names.length).toBeGreaterThan(150);
    expect(names).toEqual(expect.arrayContaining(known.filter((name) => name !== "children" && name !== "id")));
    await rig.show(formWith([...new Set([...names, ...known])]));
    await everything();
  });

  test("a secret in such a form keeps the page private", async () => {
    await rig.show(formWith([...names, ...known], "<label>Password <input type=password id=secret></label>"));
    expect((await rig.run("textContent", { selector: "main" })).error?.code).toBe("blocked_private");
    expect((await rig.run("inputValue", { selector: "#secret" })).error?.code).toBe("blocked_private");
    expect((await rig.run("click", { selector: "role=button[name='Go']" })).result).toEqual({});
  });

  test.each(isWhole ? [...new Set([...names, ...known])] : known)("%s", async (name) => {
    await rig.show(formWith([name]));
    await everything();
  });
});

describe("properties that the page replaces after its start", () => {
  test("are not those that the page script uses", async () => {
    await rig.show(`<script>
      const broken = () => { throw new Error("replaced by the page") };
      for (const prototype of [Node, Element, HTMLElement, HTMLInputElement, HTMLFormElement, Document, Event, MouseEvent].map((one) => one.prototype))
        for (const name of ${JSON.stringify(names)}) {
          const own = Object.getOwnPropertyDescriptor(prototype, name);
          if (own?.configurable && (own.get || typeof own.value === "function"))
            Object.defineProperty(prototype, name, own.get ? { configurable: true, get: broken, set: broken } : { configurable: true, value: broken });
        }
      for (const kind of [Array, String, Map, WeakMap, Set, RegExp])
        for (const name of ["map", "filter", "some", "every", "includes", "indexOf", "push", "join", "get", "has", "set", "add", "trim", "test"])
          if (typeof kind.prototype[name] === "function") kind.prototype[name] = broken;
      JSON.stringify = Object.keys = Math.min = broken;
      </script>${formWith(known)}`);
    const ok = async (command: string, params: Record<string, unknown>, result: unknown = {}) =>
      expect(await rig.send(command, { timeout: 10_000, ...params })).toMatchObject({ result });
    await ok("count", { selector: "role=button[name='Go']" }, { count: 1 });
    await ok("fill", { selector: "label=City", value: "Oslo" });
    await ok("isVisible", { selector: "text=City" }, { visible: true });
    await ok("getAttribute", { selector: "#form", name: "aria-label" }, { value: "Delivery" });
    await ok("count", { selector: "form:has-text('City')" }, { count: 1 });
  });
});
