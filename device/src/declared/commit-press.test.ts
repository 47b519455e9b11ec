import { declaredName } from "@passage/protocol/reads/digest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commitManifest, live } from "../../test/commit-manifest.ts";
import { Rig } from "../../test/rig.ts";

/** A commit is pressed with what the person was asked, in the document that they were asked in, or it is not pressed. */
const { manifest, nameOf } = commitManifest({
  form: { go: `${live}/form` },
  amount: { fill: "#amount", kind: "other", from: "amount" },
  number: { fill: "#number", kind: "cc-number", from: "cardNumber" },
  expiry: { fill: "#expiry", kind: "cc-exp", from: "expirationDate" },
  zip: { fill: "#zip", kind: "postal-code", from: "zip" },
  pay: { commit: "#pay", ask: "Pay {amount} now?" },
});

/** Posts what the field holds when the button is pressed. */
const presses = `onclick="fetch('/pay',{method:'POST',body:(amount.value??amount.textContent)})"`;
const input = "<input id=amount>";
const button = `<button id=pay ${presses}>Pay</button>`;
const inForm = (inside: string, after = "") =>
  `<form id=f method=post action=/pay>${inside}<button id=pay>Pay</button></form>${after}`;
const named = "<input id=amount name=amount>";

/** What a page does while the person is asked. */
const during: readonly (readonly [string, string, string])[] = [
  ["the value", input + button, "amount.value = '9999'"],
  ["the value's point", input + button, "amount.value = '1000'"],
  ["the value's sign", input + button, "amount.value = '-10.00'"],
  ["an editor's text", `<div id=amount contenteditable></div>${button}`, "amount.textContent = '9999'"],
  ["the field, into something that is none", input + button, "amount.outerHTML = '<output id=amount>9999</output>'"],
  ["the field, into none", input + button, "amount.id = 'other'"],
  [
    "the field that sends",
    inForm(`${named}<input type=hidden name=amount id=other disabled value=9999>`),
    "other.disabled = false; amount.disabled = true",
  ],
  ["the field's name", inForm(named), "amount.name = 'note'"],
  [
    "the button's form",
    inForm(named, "<form id=g method=post action=/pay><input name=amount value=9999></form>"),
    "pay.setAttribute('form', 'g')",
  ],
  ["where the form goes", inForm(named), "f.action = '/other'"],
  ["where the button sends", inForm(named), "pay.setAttribute('formaction', '/other')"],
  [
    "the button",
    inForm(named, "<form method=post action=/pay><input name=amount value=9999><button id=x>Pay</button></form>"),
    "pay.id = ''; x.id = 'pay'",
  ],
  ["the document", input + button, "location.reload()"],
];

test("a device whose page script shares the page's world makes no commit on a real site", async () => {
  const rig = await Rig.open({ hostName: "webview-contract-page" });
  const { origin } = rig.site;
  const real = JSON.parse(JSON.stringify(manifest).replaceAll(live, origin)) as typeof manifest;
  rig.site.page("/form", input + button);
  rig.origins.pin([origin]);
  rig.operations.pin([real], (url) => url);
  const named = (step: string) => declaredName(step, real.steps[step]);
  await rig.send("begin", { operation: "pay:write" });
  await rig.send("step", { step: named("form") });
  expect((await rig.send("step", { step: named("amount"), value: "10.00" })).error).toBe(undefined);
  const answer = await rig.yield({ conditions: [{ type: "step", step: named("pay") }] });
  expect(answer.error?.code).toBe("unsupported_command");
  await rig.close();
});

describe.each([
  ["by the host's pointer", false],
  ["by script", true],
])("%s", (_how, plain) => {
  let rig: Rig;
  let posted: string[] = [];

  beforeAll(async () => {
    rig = await Rig.open({ plain });
    for (const path of ["/pay", "/other"])
      rig.site.answer(path, (request, response) => {
        let body = "";
        request.on("data", (data) => {
          body += data;
        });
        request.on("end", () => {
          posted.push(body);
          response.writeHead(200, { "content-type": "text/html" }).end("paid");
        });
      });
  });
  afterAll(() => rig.close());

  async function show(html: string): Promise<void> {
    posted = [];
    rig.site.page("/form", `<body>${html}`);
    rig.origins.pin([rig.site.origin]);
    rig.operations.pin([manifest], (url) => url.replace(live, rig.site.origin));
    await rig.send("begin", { operation: "pay:write" });
    await rig.send("step", { step: nameOf("form") });
  }

  const fill = async (step: string, value: string) =>
    (await rig.send("step", { step: nameOf(step), value, timeout: 10_000 })).error?.code ?? "filled";
  const page = (script: string) =>
    rig.webview.evaluateApart(
      `(() => { const [amount, pay, f, x, other] = ["amount", "pay", "f", "x", "other"].map((id) => document.getElementById(id)); ${script} })()`,
    );
  /** Resolves once the person is asked. */
  async function ask() {
    const answer = rig.yield({ conditions: [{ type: "step", step: nameOf("pay") }], timeout: 15_000 });
    await expect.poll(() => rig.overlay.card, { timeout: 10_000 }).not.toBe(null);
    return { answer };
  }

  test.each([
    ["a field and its button", input + button, "10.00"],
    ["a form", inForm(named), "amount=10.00"],
    ["an editor", `<div id=amount contenteditable></div>${button}`, "10.00"],
  ])("%s sends what was asked", async (_name, html, body) => {
    await show(html);
    expect(await fill("amount", "10.00")).toBe("filled");
    const { answer } = await ask();
    await rig.personPresses("I'm done");
    expect((await answer).result).toMatchObject({ matched: true });
    await expect.poll(() => posted, { timeout: 10_000 }).toEqual([body]);
  });

  test.each(during)("a page that changes %s while the person is asked is not pressed", async (_name, html, script) => {
    await show(html);
    expect(await fill("amount", "10.00")).toBe("filled");
    const { answer } = await ask();
    await rig.until("document.querySelector('passage-status:not([aria-busy])')?.getBoundingClientRect().height > 105");
    await page(script);
    await rig.personPresses("I'm done");
    expect((await answer).error?.code).toBe("not_actionable");
    expect(posted).toEqual([]);
  });

  test.each([
    ["the value", "amount.value = '9999'"],
    ["where the button sends", "pay.setAttribute('formaction', '/other')"],
    ["the document", "location.reload()"],
  ])("a page that changes %s after the yes, before its button takes a press, is not pressed", async (_name, script) => {
    await show(`<form id=f method=post action=/pay>${named}<button id=pay disabled>Pay</button></form>`);
    expect(await fill("amount", "10.00")).toBe("filled");
    const { answer } = await ask();
    await rig.personPresses("I'm done");
    await expect.poll(() => rig.overlay.card, { timeout: 10_000 }).toBe(null);
    await page(`${script}; pay.disabled = false`);
    if (script.includes("reload")) await rig.until("document.readyState === 'complete' && amount.value === ''");
    await rig.value("void (document.querySelector('#pay').disabled = false)");
    expect((await answer).error?.code).toBe("not_actionable");
    expect(posted).toEqual([]);
  });

  test.each(["pointerdown", "mousedown", "pointerup", "mouseup"])(
    "a page that changes the value at the button's own %s is not clicked",
    async (type) => {
      await show(`${input}${button}<script>pay.addEventListener("${type}", () => (amount.value = "9999"))</script>`);
      expect(await fill("amount", "10.00")).toBe("filled");
      const { answer } = await ask();
      await rig.personPresses("I'm done");
      expect((await answer).error?.code).toBe("not_actionable");
      expect(posted).toEqual([]);
    },
  );

  test.each([
    ["drops the point", "amount", "oninput=\"value=value.replace(/\\D/g,'')\"", "10.00"],
    ["drops the sign", "amount", "oninput=\"value=value.replace('-','')\"", "-10"],
    ["writes capitals", "amount", 'oninput="value=value.toUpperCase()"', "Sam"],
    ["cuts the value", "amount", "maxlength=4", "10.001"],
    ["cuts a card's number", "number", "maxlength=15", "4242424242424242"],
    ["writes another expiry", "expiry", "oninput=\"value='08/30'\"", "08/29"],
    ["groups an amount", "amount", "oninput=\"value=value.replace(/^(\\d)(\\d{3})/,'$1,$2')\"", "1000"],
  ])("a field that %s is not filled", async (_name, step, attributes, value) => {
    await show(`<input id=${step} ${attributes}>`);
    expect(await fill(step, value)).toBe("not_actionable");
  });

  test.each([
    [
      "groups a card's number",
      "number",
      "oninput=\"value=value.replace(/\\D/g,'').replace(/(.{4})(?=.)/g,'$1 ')\"",
      "4242424242424242",
    ],
    [
      "puts dashes in a card's number",
      "number",
      "oninput=\"value=value.replace(/\\D/g,'').replace(/(.{4})(?=.)/g,'$1-')\"",
      "4242 4242 4242 4242",
    ],
    [
      "puts spaces around an expiry's slash",
      "expiry",
      "oninput=\"value=value.replace(/\\D/g,'').replace(/^(..)(?=.)/,'$1 / ')\"",
      "08/29",
    ],
    ["writes a postcode in capitals", "zip", 'oninput="value=value.toUpperCase()"', "k1a 0b6"],
    ["has blanks around the value", "amount", "onchange=\"value=' '+value.trim()+' '\"", "10.00"],
  ])("a field that %s is", async (_name, step, attributes, value) => {
    await show(`<input id=${step} ${attributes}>`);
    expect(await fill(step, value)).toBe("filled");
  });
});
