import type { CommandName } from "@passage/protocol/commands";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostUnderTest, Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const isWhole = process.env.PASSAGE_TESTS === "conformance";
const secret = "kb4zxq9";
const byId = "document.querySelector('#f')";

/** A way in which a field comes to hold what is the person's. */
interface Owned {
  readonly html: string;
  /** The field, as an expression. */
  readonly field?: string;
  readonly selector?: string;
  readonly own?: () => Promise<void>;
  /** Whether one run on two cores has it, too. */
  readonly always?: true;
  readonly hosts?: readonly string[];
}

const typing = (field: string) => () => rig.personTypes(field, secret);
const inRoot = "document.querySelector('x-host').shadowRoot.querySelector('#f')";
const inFrame = "document.querySelector('#in').contentDocument.querySelector('#f')";

const owned: Readonly<Record<string, Owned>> = {
  "a text that the person typed": { html: "<input id=f>", always: true },
  "a password that the person typed": { html: "<input id=f type=password>", always: true },
  "an e-mail address that the person typed": { html: "<input id=f type=email autocomplete=username>" },
  "a search that the person typed": { html: "<input id=f type=search name=q>" },
  "a one-time code that the person typed": { html: "<input id=f autocomplete=one-time-code>" },
  "a card's number that the person typed": { html: "<input id=f autocomplete=cc-number>" },
  "a password that a button shows": {
    html: "<input id=f type=password oninput=\"this.type = 'text'\">",
  },
  "a text area that the person typed in": { html: "<textarea id=f></textarea>" },
  "an editable element that the person typed in": { html: "<div id=f contenteditable>&nbsp;</div>", always: true },
  "a select that the person chose from": {
    html: "<select id=f><option>Ada<option>Kay<option>Zoe</select>",
    own: async () => {
      await rig.value(`void ${byId}.focus()`);
      await rig.personKeys("k");
    },
  },
  "a password that a keypad of the page wrote": {
    html: "<input id=f type=password readonly><button id=k type=button onclick='f.value += 7'>7</button>",
    own: async () => {
      for (let n = 0; n < 4; n++) await rig.personClicksOn("document.querySelector('#k')");
    },
    always: true,
  },
  "a password that a keypad wrote behind the automation's own": {
    html: "<input id=f type=password><button id=k type=button onclick='f.value += 7'>7</button>",
    own: async () => {
      await rig.run("fill", { selector: "#f", value: "x" });
      await rig.personClicksOn("document.querySelector('#k')");
    },
  },
  "what the person added to the automation's own": {
    html: "<input id=f>",
    own: async () => {
      await rig.run("fill", { selector: "#f", value: "begun" });
      await rig.personTypes(byId, secret);
    },
  },
  "a field of React's, which writes it anew": {
    html: '<input id=f oninput=\'const v = this.value; this.value = ""; this.value = v; this.setAttribute("value", v)\'>',
  },
  "a field whose events the page keeps": {
    html: "<input id=f><script>f.addEventListener('input', (event) => event.stopImmediatePropagation(), true)</script>",
  },
  "a field in an open shadow root": {
    html: "<x-host></x-host><script>document.querySelector('x-host').attachShadow({ mode: 'open' }).innerHTML = '<input id=f>'</script>",
    field: inRoot,
  },
  "a field in a frame": {
    html: "<iframe id=in srcdoc='<input id=f>'></iframe>",
    field: inFrame,
    selector: "frame=#in >> #f",
  },
};

/** Everything that an automation can do to a page, on a field or beside it, and everything that it can ask. */
const attempts = (selector: string): readonly (readonly [CommandName, Record<string, unknown>])[] => {
  const on = [selector, "#other"];
  return [
    ...on.flatMap((at): [CommandName, Record<string, unknown>][] => [
      ["click", { selector: at }],
      ["click", { selector: at, clickCount: 2 }],
      ["click", { selector: at, clickCount: 3 }],
      ["click", { selector: at, button: "right" }],
      ["click", { selector: at, button: "middle" }],
      ["click", { selector: at, force: true }],
      ["click", { selector: at, modifiers: ["Shift"] }],
      ["hover", { selector: at }],
      ["focus", { selector: at }],
      ["fill", { selector: at, value: "guess" }],
      ["fill", { selector: at, value: "guess", force: true }],
      ["clear", { selector: at }],
      ["type", { selector: at, text: "guess" }],
      ...[
        "a",
        "Home",
        "Shift+End",
        "Delete",
        "Backspace",
        "Control+a",
        "Control+z",
        "Control+y",
        "Control+x",
        "Tab",
      ].map((key): [CommandName, Record<string, unknown>] => ["press", { selector: at, key }]),
      ["select", { selector: at, values: ["Zoe"] }],
      ["setInputFiles", { selector: at, files: [] }],
      ["check", { selector: at }],
      ["uncheck", { selector: at }],
      ["isVisible", { selector: at }],
      ["count", { selector: at }],
      ["inputValue", { selector: at }],
    ]),
    ["getAttribute", { selector, name: "value" }],
    ["innerHTML", { selector }],
    ["textContent", { selector }],
    ["innerText", { selector }],
    ...["a", "Home", "Shift+Home", "Control+a", "Control+c", "Control+v", "Shift+Insert", "Meta+v", "Enter"].map(
      (key): [CommandName, Record<string, unknown>] => ["press", { key }],
    ),
    ["click", { selector: "label" }],
    ["check", { selector: "#box" }],
    ["isVisible", { selector: "text=Passwords match" }],
    ["evaluate", { expression: "document.title" }],
  ];
};

/** What the field beside it holds is the automation's own. */
const others = `<label for=f>The field</label><input id=other value=mine><input id=box type=checkbox><p>Passwords match</p>`;
const state = (field: string) =>
  rig.value(`((field) => [field.value ?? field.textContent, getSelection().toString(),
    field.selectionEnd === field.selectionStart, document.querySelector("#other").value, document.querySelector("#box").checked,
    document.querySelector("#f") === document.activeElement])(${field})`);

describe("a page that holds", () => {
  const kinds = Object.entries(owned).filter(([, { always }]) => isWhole || always);
  test.each(kinds)("%s takes nothing from the automation, and answers no question", async (_name, kind) => {
    const { html, field = byId, selector = "#f", own = typing(field) } = kind;
    await rig.show(`<title>t</title>${html}${others}`);
    await rig.until(`document.querySelector("#other") && ${field}`);
    await own();
    const before = await state(field);
    const codes: unknown[] = [];
    // Only what is asked of the other field by itself is no question about the person's.
    const harmless = (command: string, params: Record<string, unknown>) =>
      command === "inputValue" && params.selector === "#other";
    for (const [command, params] of attempts(selector)) {
      const { error } = await rig.send(command, { ...params, timeout: 3_000 });
      if (!harmless(command, params)) codes.push([command, params, error?.code]);
    }
    expect(codes).toEqual(codes.map((row) => [...(row as unknown[]).slice(0, 2), "blocked_private"]));
    expect(codes.length).toBeGreaterThan(60);
    expect(await state(field)).toEqual(before);
    expect(rig.frames.join()).not.toContain(secret);
  });
});

describe("a page that holds what is the automation's alone stays open to it", () => {
  const own: readonly [string, string, () => Promise<unknown>][] = [
    ["fill", "<input id=f>", () => rig.run("fill", { selector: "#f", value: "abc" })],
    ["fill of a password", "<input id=f type=password>", () => rig.run("fill", { selector: "#f", value: "abc" })],
    ["type", "<input id=f>", () => rig.run("type", { selector: "#f", text: "aBc é" })],
    ["type of a password", "<input id=f type=password>", () => rig.run("type", { selector: "#f", text: "aBc" })],
    ["press", "<input id=f>", () => rig.run("press", { selector: "#f", key: "Shift+a" })],
    ["type in a text area", "<textarea id=f></textarea>", () => rig.run("type", { selector: "#f", text: "a\nb" })],
    [
      "fill of an editable element",
      "<div id=f contenteditable></div>",
      () => rig.run("fill", { selector: "#f", value: "abc" }),
    ],
    [
      "type in an editable element",
      "<div id=f contenteditable>&nbsp;</div>",
      () => rig.run("type", { selector: "#f", text: "abc" }),
    ],
    [
      "select",
      "<select id=f><option>Ada<option>Zoe</select>",
      () => rig.run("select", { selector: "#f", values: ["Zoe"] }),
    ],
    [
      "a mask that writes it anew",
      "<input id=f type=password oninput='this.value = this.value.toUpperCase().slice(0, 2)'>",
      () => rig.run("type", { selector: "#f", text: "abc" }),
    ],
    [
      "boxes of a code that the page fills from the first",
      `${"<input maxlength=1 class=b>".repeat(6)}<input id=f><script>
        const boxes = document.querySelectorAll(".b");
        boxes[0].oninput = () => boxes.forEach((box, at) => (box.value = at));
      </script>`,
      () => rig.run("type", { selector: ".b >> nth=0", text: "1" }),
    ],
  ];
  test.each(own)("after %s", async (_name, html, act) => {
    await rig.show(`<form>${html}<button type=button>Go</button></form>`);
    expect(await act()).not.toHaveProperty("error");
    for (const [command, params] of [
      ["click", { selector: "button" }],
      ["isVisible", { selector: "text=Go" }],
      ["focus", { selector: "#f" }],
      ["click", { selector: "#f", clickCount: 3 }],
    ] as const) {
      const { error } = await rig.send(command, params);
      expect(error, `${command} ${JSON.stringify(params)}`).toBeUndefined();
    }
  });
});

test("a password that the site itself has in the field takes nothing, and the rest of the page does", async () => {
  await rig.show("<input id=f type=password value=site-secret><input id=user><button>Go</button>");
  for (const [command, params] of [
    ["fill", { selector: "#f", value: "x" }],
    ["clear", { selector: "#f" }],
    ["type", { selector: "#f", text: "x" }],
    ["press", { selector: "#f", key: "Home" }],
    ["click", { selector: "#f", clickCount: 3 }],
    ["focus", { selector: "#f" }],
  ] as const)
    expect((await rig.send(command, params)).error, command).toMatchObject({
      code: "blocked_private",
      details: { reason: "owned_field" },
    });
  expect((await rig.run("fill", { selector: "#user", value: "ada" })).error).toBeUndefined();
  await rig.run("press", { selector: "#user", key: "Shift+Tab" });
  expect((await rig.run("press", { key: "x" })).error?.details?.reason).toBe("owned_field");
  expect((await rig.run("click", { selector: "button" })).error).toBeUndefined();
  expect(await rig.value(`${byId}.value`)).toBe("site-secret");
});

test("what ends it: an empty field, a field that is gone, another document", async () => {
  const free = async () => (await rig.run("click", { selector: "button" })).error?.details?.reason;
  const page = "<input id=f><button>Go</button>";
  await rig.show(page);
  await rig.personTypes(byId, "ab");
  expect(await free()).toBe("owned_page");
  await rig.personKeys("Backspace", "Backspace");
  expect(await free()).toBeUndefined();
  await rig.personTypes(byId, "ab");
  expect(await free()).toBe("owned_page");
  await rig.value(`void ${byId}.remove()`);
  expect(await free()).toBeUndefined();
  await rig.show(page);
  await rig.personTypes(byId, "ab");
  const shown = await rig.run("reload", {});
  expect(shown.error).toBeUndefined();
  expect(await free()).toBeUndefined();
});

test("a wait looks again once the page has gone on, and says at its deadline why it has not", async () => {
  await rig.show("<input id=f><p>Passwords match</p>");
  await rig.personTypes(byId, "ab");
  const selector = "text=Passwords match";
  const { error } = await rig.run("waitForSelector", { selector, timeout: 600 });
  expect(error).toMatchObject({ code: "blocked_private", message: expect.stringContaining("did not put there") });
  const waiting = rig.run("waitForSelector", { selector });
  await rig.value(`void (${byId}.value = "")`);
  expect((await waiting).result).toEqual({});
});

test.runIf(hostUnderTest === "chromium")("what a person types while the automation types is theirs", async () => {
  await rig.show("<input id=f><input id=other>");
  const typing = rig.run("type", { selector: "#f", text: "abcdefgh", delay: 60 });
  await rig.until(`${byId}.value.length > 2`);
  await rig.personKeys("z");
  await typing;
  expect((await rig.run("fill", { selector: "#other", value: "x" })).error?.details?.reason).toBe("owned_page");
});

test.runIf(hostUnderTest === "chromium")(
  "what the automation takes back with undo is the person's all the same",
  async () => {
    await rig.show("<input id=f><button>Go</button>");
    await rig.personTypes(byId, "ab");
    await rig.personKeys("Backspace", "Backspace");
    await rig.run("press", { selector: "#f", key: "Control+z" });
    expect(await rig.value(`${byId}.value`)).not.toBe("");
    expect((await rig.run("click", { selector: "button" })).error?.details?.reason).toBe("owned_page");
  },
);

test("code of the automation's own does not run where a person has typed, even once the field is empty", async () => {
  await rig.show("<input id=f>");
  await rig.personTypes(byId, "a");
  await rig.personKeys("Backspace");
  expect((await rig.run("evaluate", { expression: "1" })).error?.details?.reason).toBe("person_typed");
  await rig.show("<input id=f>");
  expect((await rig.run("evaluate", { expression: "1" })).result).toEqual({ value: 1 });
});

test("what the browser fills in when it comes back is not the automation's", async () => {
  const url = await rig.show("<input id=f><input id=other>");
  await rig.personTypes(byId, secret);
  await rig.show("<h1>x</h1>");
  const back = await rig.run("goBack", {});
  expect(back.result?.url ?? url).toBe(url);
  if ((await rig.value(`${byId}.value`)) !== secret) return;
  expect((await rig.run("inputValue", { selector: "#f" })).error?.details?.reason).toBe("owned_field");
});
