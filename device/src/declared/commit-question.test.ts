import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { commitManifest, live } from "../../test/commit-manifest.ts";
import { type Answered, Rig } from "../../test/rig.ts";

let rig: Rig;
const { manifest, nameOf: nameOfStep } = commitManifest(
  {
    form: { go: `${live}/form` },
    street: { fill: "#street", kind: "address", from: "street" },
    isDone: { when: "done" },
    save: { commit: "#save", ask: "Save the address {street}?" },
  },
  { resource: "address", sends: "Whether it was saved", says: ["Look at this"] },
);
const turn = (step: string) => ({ conditions: [{ type: "step" as const, step: nameOfStep(step) }], timeout: 30_000 });

beforeAll(async () => {
  rig = await Rig.open();
  rig.site.page(
    "/form",
    `<input id=street><button id=save onclick="this.textContent='saved'">Save</button>
     <div id=over popover=manual style="inset:0;width:100vw;height:100vh;margin:0;border:0;background:#fff;pointer-events:none">Go on</div>`,
  );
});
afterAll(() => rig.close());

beforeEach(async () => {
  const { origin } = rig.site;
  rig.origins.pin([origin]);
  rig.operations.pin([manifest], (url) => url.replace(live, origin));
  await rig.send("begin", { operation: "address:write" });
  await rig.send("step", { step: nameOfStep("form") });
});

const fill = (value: string) => rig.send("step", { step: nameOfStep("street"), value, timeout: 5_000 });
const saved = () => rig.value("document.querySelector('#save').textContent");
const answer = (card: string | null) =>
  rig.value(`void passagePost(${JSON.stringify(JSON.stringify({ type: "userDone", card }))})`);

test("an answer counts for the card that it was given to, and for no later one", async () => {
  await fill("1 Main Street");
  const first = rig.yield(turn("isDone"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  const { card } = rig.overlay;
  await answer(card);
  expect((await first).result).toMatchObject({ matched: true });
  const second = rig.yield(turn("save"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  expect(rig.overlay.card).not.toBe(card);
  await answer(card);
  await rig.until("document.querySelector('passage-status:not([aria-busy])')");
  expect(await saved()).toBe("Save");
  await rig.personPresses("I'm done");
  expect((await second).result).toMatchObject({ matched: true });
  expect(await saved()).toBe("saved");
});

test.each([
  ["a popover that lets presses pass", "over.showPopover()", "over.hidePopover()"],
  [
    "a popover in a closed shadow root",
    `{ const box = document.body.appendChild(document.createElement("div"));
       box.id = "box"; const root = box.attachShadow({ mode: "closed" });
       root.append(over.cloneNode(true)); root.firstChild.showPopover(); }`,
    "document.querySelector('#box').remove()",
  ],
  [
    "a style that makes it tiny",
    "document.documentElement.style.zoom = '0.2'",
    "document.documentElement.style.zoom = ''",
  ],
])("a question that the page covers by %s is not answered, and is asked again", async (_name, cover, uncover) => {
  await fill("1 Main Street");
  const asked = rig.yield(turn("save"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  await rig.until("document.querySelector('passage-status:not([aria-busy])')?.getBoundingClientRect().height > 105");
  const { card } = rig.overlay;
  await rig.webview.evaluateApart(`(() => { const over = document.querySelector("#over"); ${cover} })()`);
  await expect.poll(() => rig.overlay.card, { timeout: 10_000 }).not.toBe(card);
  await answer(card);
  expect(await saved()).toBe("Save");
  await rig.webview.evaluateApart(`(() => { const over = document.querySelector("#over"); ${uncover} })()`);
  await rig.personPresses("I'm done");
  expect((await asked).result).toMatchObject({ matched: true });
  expect(await saved()).toBe("saved");
});

test("a question that is zoomed out of sight is asked again at the usual size", async () => {
  await fill("1 Main Street");
  const asked = rig.yield(turn("save"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  await rig.until("document.querySelector('passage-status:not([aria-busy])')?.getBoundingClientRect().height > 105");
  const { card } = rig.overlay;
  await rig.host.browserPage.session.send("Emulation.setPageScaleFactor", { pageScaleFactor: 3 });
  await expect.poll(() => rig.overlay.card, { timeout: 10_000 }).not.toBe(card);
  await rig.until("visualViewport.scale === 1");
  await rig.personPresses("I'm done");
  expect((await asked).result).toMatchObject({ matched: true });
});

test("a question stands there with the whole argument, or is not asked", async () => {
  const whole = "1 Main Street, ".repeat(8);
  expect((await fill(whole)).error).toBe(undefined);
  expect(whole).toHaveLength(120);
  const asked = rig.yield(turn("save"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  await rig.until("document.querySelector('passage-status:not([aria-busy])')");
  const tree = JSON.stringify(await rig.host.browserPage.session.send("DOM.getDocument", { depth: -1, pierce: true }));
  expect(tree).toContain(`Save the address ${whole}?`);
  await rig.personPresses("I can't");
  expect((await asked).result).toMatchObject({ matched: false });
  rig.operations.pin([manifest], (url) => url.replace(live, rig.site.origin));
  await rig.send("begin", { operation: "address:write" });
  expect((await fill(`${whole}!`)).error).toBe(undefined);
  expect((await rig.yield(turn("save"))).error?.code).toBe("invalid_params");
});

const outcome = async (asked: Promise<Answered>) => (await asked).error?.code;

test("a no to a card that was drawn anew meanwhile is a no; a yes to it is none, nor is a no to the question before", async () => {
  const gaveUp = (card: string | null) =>
    rig.value(`void passagePost(${JSON.stringify(JSON.stringify({ type: "userGaveUp", card }))})`);
  await fill("1 Main Street");
  const before = rig.yield(turn("isDone"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  const other = rig.overlay.card;
  await answer(other);
  expect((await before).result).toMatchObject({ matched: true });
  const asked = rig.yield(turn("save"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  const { card } = rig.overlay;
  await rig.overlay.askAgain();
  expect(rig.overlay.card).not.toBe(card);
  await gaveUp(other);
  await answer(card);
  await rig.until("document.querySelector('passage-status:not([aria-busy])')");
  expect(rig.overlay.card).not.toBe(null);
  await gaveUp(card);
  expect((await asked).result).toMatchObject({ matched: false, reason: "user_gave_up" });
  expect(await saved()).toBe("Save");
});

test("a no is final: the same commit is not asked about again", async () => {
  await fill("1 Main Street");
  const asked = rig.yield(turn("save"));
  await rig.personPresses("I can't");
  expect((await asked).result).toMatchObject({ matched: false, reason: "user_gave_up" });
  expect(await outcome(rig.yield(turn("save")))).toBe("command_not_declared");
  await rig.send("begin", { operation: "address:write" });
  expect(await outcome(rig.yield(turn("save")))).toBe("command_not_declared");
  expect(await saved()).toBe("Save");
});

test("a form that was loaded anew is empty, and is not asked about until it is filled again", async () => {
  await fill("1 Main Street");
  await rig.send("step", { step: nameOfStep("form") });
  expect(await outcome(rig.yield(turn("save")))).toBe("not_actionable");
  await fill("1 Main Street");
  expect(rig.overlay.card).toBe(null);
  await fill("1 Main Street");
  const asked = rig.yield(turn("save"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  await rig.personPresses("I'm done");
  expect((await asked).result).toMatchObject({ matched: true });
  expect(await saved()).toBe("saved");
});

test.each([
  ["is emptied", "street.value = ''"],
  ["has something else", "street.value = '2 Main Street'"],
  ["is drawn anew without it", "street.outerHTML = '<input id=street>'"],
])("a field that %s is not asked about", async (_name, change) => {
  await fill("1 Main Street");
  await rig.webview.evaluateApart(`(() => { const street = document.querySelector("#street"); ${change} })()`);
  expect(await outcome(rig.yield(turn("save")))).toBe("not_actionable");
  expect(await saved()).toBe("Save");
});

test("a field that changes while the person is asked: their yes was about another value", async () => {
  await fill("1 Main Street");
  const asked = rig.yield(turn("save"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  await rig.until("document.querySelector('passage-status:not([aria-busy])')");
  await rig.webview.evaluateApart(`document.querySelector("#street").value = "2 Main Street"`);
  await rig.personPresses("I'm done");
  expect(await outcome(asked)).toBe("not_actionable");
  expect(await saved()).toBe("Save");
});

test("a form that a review has taken the place of is asked about, in the document that it was filled in", async () => {
  await fill("1 Main Street");
  await rig.webview.evaluateApart(`document.querySelector("#street").remove()`);
  const asked = rig.yield(turn("save"));
  await expect.poll(() => rig.overlay.card).not.toBe(null);
  await rig.personPresses("I'm done");
  expect((await asked).result).toMatchObject({ matched: true });
});
