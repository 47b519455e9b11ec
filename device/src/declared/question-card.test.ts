import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { commitManifest, live } from "../../test/commit-manifest.ts";
import { hostUnderTest, Rig } from "../../test/rig.ts";

/**
 * A question stands in the page that it is about, which may do what it likes with itself. Then either the question looks as
 * it does everywhere, or it takes no yes; a no is a no in any case, and the page hears nothing of either.
 */
const { manifest, nameOf } = commitManifest({
  form: { go: `${live}/form` },
  amount: { fill: "#amount", kind: "other", from: "amount" },
  pay: { commit: "#pay", ask: "Pay {amount} to the shop?" },
});

/** Sets every property that an element inherits to something unusual. */
const inherited = (on: string) => `
  const values = ["rtl", "vertical-rl", "isolate-override", "6px", "2", "0.5", "red", "hidden", "none", "all", "small-caps", "italic",
    "900", "crosshair", "upright", "break-all", "uppercase", "right", "dark", "fantasy", "pre", "circle", "square", "optimizeSpeed"];
  const [outer, inner] = [document.createElement("div"), document.createElement("div")];
  document.body.append(outer); outer.append(inner);
  for (const name of getComputedStyle(outer))
    for (const value of CSS.supports(name, "initial") ? values : []) {
      if (!CSS.supports(name, value)) continue;
      const before = getComputedStyle(inner).getPropertyValue(name);
      outer.style.setProperty(name, value);
      const isInherited = getComputedStyle(inner).getPropertyValue(name) !== before;
      outer.style.removeProperty(name);
      if (!isInherited) continue;
      ${on}.style.setProperty(name, value, "important");
      break;
    }
  outer.remove();`;
const card = `document.querySelector("passage-status")`;
/** In each frame, until the question is over. */
const always = (script: string) => `(function again() { ${script}; requestAnimationFrame(again) })()`;
/** Once the question shows. */
const later = (script: string) =>
  `(function wait() { ${card}?.hasAttribute("aria-busy") ? (() => { ${script} })() : setTimeout(wait, 20) })()`;
const over =
  "<div id=over popover=manual style='inset:0;width:100vw;height:100vh;margin:0;border:0;background:#fff;pointer-events:none'>Win</div>";
const fonts = ["system-ui", "sans-serif", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial"];

const pages: readonly (readonly [string, string])[] = [
  ["nothing", ""],
  ["every inherited property on the root", `<script>${later(inherited("document.documentElement"))}</script>`],
  ["every inherited property on the body", `<script>${later(inherited("document.body"))}</script>`],
  ["every inherited property on the card itself", `<script>${later(inherited(card))}</script>`],
  [
    "another direction as the pointer comes",
    `<script>addEventListener("pointermove", () => (document.dir = "rtl"), true)</script>`,
  ],
  [
    "another direction all the time",
    `<script>${always(`document.dir = document.dir === "rtl" ? "ltr" : "rtl"`)}</script>`,
  ],
  ["custom properties", "<style>* { --a: red } html { --passage: 1; accent-color: red; color-scheme: dark }</style>"],
  [
    "a dark scheme and forced colours",
    "<meta name=color-scheme content=dark><style>:root { color-scheme: dark; forced-color-adjust: none }</style>",
  ],
  ["zoom of the root", "<style>html { zoom: 3 }</style>"],
  ["zoom of the card", `<script>${later(always(`${card}.style.setProperty("zoom", "0.2", "important")`))}</script>`],
  ["a turned root", "<style>html { rotate: 180deg; transform-origin: 50% 50% }</style>"],
  [
    "a mirrored card",
    `<script>${later(always(`${card}.style.setProperty("transform", "scaleX(-1)", "important")`))}</script>`,
  ],
  [
    "a small root",
    "<style>html { scale: 0.1; translate: 100px 20px; transform: skew(9deg); perspective: 10px }</style>",
  ],
  ["filters and blends", "<style>html, body { filter: invert(1); mix-blend-mode: difference; opacity: 0.1 }</style>"],
  [
    "rules for the card",
    "<style>passage-status, passage-status * { opacity: 0 !important; display: none !important; direction: rtl !important } passage-status::backdrop { background: red }</style>",
  ],
  [
    "fonts by every name",
    `<style>${fonts.map((name) => `@font-face { font-family: "${name}"; src: local("DejaVu Serif"); size-adjust: 300% } @font-face { font-family: ${name}; src: local("DejaVu Serif"); size-adjust: 300% }`).join("")}</style>`,
  ],
  [
    "animations by its names",
    "<style>@keyframes rise { to { opacity: 0 } } @keyframes spin { to { scale: 0 } } * { animation: rise 1s infinite }</style>",
  ],
  ["an inert root", `<script>${later("document.documentElement.inert = true")}</script>`],
  [
    "a root without pointer events",
    "<style>html, body { pointer-events: none; user-select: none; cursor: none; touch-action: none }</style>",
  ],
  ["a modal dialog", `<dialog id=d>Win</dialog><script>${later("d.showModal()")}</script>`],
  [
    "a modal dialog over all",
    `<dialog id=d style="width:100vw;height:100vh;max-width:none;max-height:none">Win</dialog><script>${later("d.showModal()")}</script>`,
  ],
  [
    "a popover again and again",
    `${over}<script>${later(`setInterval(() => { over.hidePopover(); over.showPopover() }, 150)`)}</script>`,
  ],
  [
    "a view transition",
    `<style>::view-transition { background: #fff } ::view-transition-group(root) { animation-duration: 3600s; animation-play-state: paused }</style><script>${later("document.startViewTransition(() => {})")}</script>`,
  ],
  ["a card that is taken away", `<script>${later(always(`${card}?.remove()`))}</script>`],
  [
    "a card that is moved",
    `<main style="position:fixed;left:50%;transform:translateX(300px)"></main><script>${later(always(`document.querySelector("main").append(${card} ?? "")`))}</script>`,
  ],
  ["a card that is hidden and shown", `<script>${later(`setInterval(() => ${card}.togglePopover(), 300)`)}</script>`],
];

/** What a page can hear of a press or a key, on whatever it can listen on. */
const listens = `<script>
  const heard = [];
  for (const on of [window, document, document.documentElement])
    for (const type of ["pointerdown", "pointerup", "pointermove", "mousedown", "mouseup", "mousemove", "click", "touchstart", "keydown", "keyup", "wheel"])
      on.addEventListener(type, (event) => {
        if (event.target.localName !== "passage-status") return;
        heard.push(type);
        event.preventDefault();
        event.stopImmediatePropagation();
        document.title = heard.join();
      }, true);
</script>`;

describe.runIf(hostUnderTest === "chromium")("a question in a page with", () => {
  let rig: Rig;
  let usual = "";

  beforeAll(async () => {
    rig = await Rig.open();
  });
  afterAll(() => rig.close());
  // A test that fails leaves its question behind.
  afterEach(() => (rig.overlay.card === null ? undefined : rig.personKeys("Escape")));

  async function ask(head: string, html: string) {
    rig.site.page(
      "/form",
      `${head}<body>${html}<input id=amount><button id=pay onclick="this.textContent='paid'">Pay</button>`,
    );
    rig.origins.pin([rig.site.origin]);
    rig.operations.pin([manifest], (url) => url.replace(live, rig.site.origin));
    await rig.send("begin", { operation: "pay:write" });
    await rig.send("step", { step: nameOf("form") });
    await rig.send("step", { step: nameOf("amount"), value: "10.00" });
    const answer = rig.yield({ conditions: [{ type: "step", step: nameOf("pay") }], timeout: 12_000 });
    return answer.then(({ result, error }) => ({ ...(result as object), code: error?.code }));
  }

  /** Whether it takes a yes by and by. */
  const takesYes = async () =>
    (await rig.value(`new Promise((done) => {
      const until = performance.now() + 2500;
      const look = () => {
        const isReady = ${card}?.matches(":popover-open:not([aria-busy])") && ${card}.getBoundingClientRect().height > 60;
        isReady || performance.now() > until ? done(isReady === true) : setTimeout(look, 20);
      };
      look();
    })`)) === true;

  /** Of the text and of both buttons within their edges: which one has the focus may differ. */
  async function picture(): Promise<string> {
    const [width, bottom] = (await rig.value(
      `(({ width, bottom }) => [width, bottom])(${card}.getBoundingClientRect())`,
    )) as [number, number];
    const middle = width / 2;
    const parts = [
      { x: 20, y: bottom - 118, width: width - 40, height: 32 },
      { x: 40, y: bottom - 64, width: middle - 70, height: 30 },
      { x: middle + 30, y: bottom - 64, width: middle - 70, height: 30 },
    ];
    const { session } = rig.host.browserPage;
    const take = async (part: object) =>
      (
        (await session.send("Page.captureScreenshot", { format: "png", clip: { ...part, scale: 1 } as never })) as {
          data: string;
        }
      ).data;
    const taken: string[] = [];
    // One after the other: each sets the view that the next would be taken in.
    for (const part of parts) taken.push(await take(part));
    return taken.join();
  }

  /** How it looks in a page that does nothing. */
  async function usualPicture(): Promise<string> {
    if (usual !== "") return usual;
    const answer = ask("", "");
    await expect.poll(() => rig.overlay.card, { timeout: 10_000 }).not.toBe(null);
    expect(await takesYes()).toBe(true);
    usual = await picture();
    await rig.personPressesAt("I can't");
    await answer;
    return usual;
  }

  const paid = () => rig.value(`document.querySelector("#pay").textContent`);

  test.each(pages)("%s looks as it does everywhere, or takes no yes; and a no is a no", async (_name, html) => {
    const plain = await usualPicture();
    // The form has to be filled before its page goes wild.
    const [, styles] = /^<style>(.*)<\/style>$/s.exec(html) ?? [];
    const wild = `<script>${later(`document.head.insertAdjacentHTML("beforeend", ${JSON.stringify(html)})`)}</script>`;
    const answer = ask(listens, styles === undefined ? html : wild.replaceAll("</style>", "<\\/style>"));
    await expect.poll(() => rig.overlay.card, { timeout: 10_000 }).not.toBe(null);
    if (await takesYes()) {
      const seen = await picture();
      // It may have taken none any more by the time of the picture.
      if (await rig.value(`${card}?.matches(":popover-open:not([aria-busy])")`)) expect(seen === plain).toBe(true);
      await rig.personPressesAt("I can't");
    } else {
      const [width, height] = (await rig.value("[innerWidth, innerHeight]")) as [number, number];
      for (const x of [0.35, 0.65]) await rig.personClicks({ x: width * x, y: height - 45 });
      if (rig.overlay.card !== null) await rig.personKeys("Escape");
    }
    expect(await await answer).toMatchObject({ matched: false, reason: "user_gave_up" });
    expect(await rig.value("document.title")).toBe("");
    expect(await paid()).toBe("Pay");
  });

  test.each([
    [
      "document.open",
      `document.open(); document.write("<input id=amount value=10.00><button id=pay>Pay</button>"); document.close()`,
    ],
    ["document.write", `document.write("<input id=amount value=10.00><button id=pay>Pay</button>"); document.close()`],
  ])("a document that is rewritten by %s is not asked in", async (_name, script) => {
    const answer = ask("", `<script>${later(`setTimeout(() => { ${script} }, 300)`)}</script>`);
    expect(await answer).toMatchObject({ code: "not_actionable" });
  });

  test("buttons that change places under the pointer", async () => {
    const answer = ask(
      "",
      `<script>${later(`addEventListener("message", () => (document.documentElement.style.zoom = "1.5"))`)}</script>`,
    );
    await expect.poll(() => rig.overlay.card, { timeout: 10_000 }).not.toBe(null);
    await takesYes();
    const [width, height] = (await rig.value("[innerWidth, innerHeight]")) as [number, number];
    const { trustedInput } = rig.webview;
    await trustedInput?.click({ x: width * 0.62, y: height - 45 }, undefined, async () => {
      await rig.value(`void ${card}.style.setProperty("left", "-140px", "important")`);
      return true;
    });
    expect(await paid()).toBe("Pay");
    await rig.personKeys("Escape");
    expect(await answer).toMatchObject({ matched: false });
  });
});
