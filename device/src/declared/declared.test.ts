import { commands } from "@passage/protocol/commands";
import { type OperationManifest, operationManifest } from "@passage/protocol/manifest";
import { declaredName } from "@passage/protocol/reads/digest";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { manifest as shopManifest } from "../../test/publisher.ts";
import { type Answered, Rig } from "../../test/rig.ts";

let rig: Rig;
let manifest: OperationManifest;
let asked: string[] = [];
/** What stands on the page and in the site's answers, and must be in no error. */
const canary = "Sam Canary 7741";

beforeAll(async () => {
  rig = await Rig.open();
  const { site } = rig;
  site.page(
    "/bill/summary",
    `<h1>Hi, ${canary}</h1><ul><li data-bill><b>Jul 23 - Aug 22</b> $85.00</li><li data-bill>none</li></ul>
     <p id=due>Due Nov 27, 2026</p><button class=more>1</button><button class=more onclick="this.textContent='pressed'">2</button>
     <div id=hiddenone hidden>${canary}</div>`,
  );
  site.page(
    "/form",
    `<h1>${canary}</h1><input id=number><input id=expiry><button id=save onclick="this.textContent='saved'">Save</button>`,
  );
  site.page(
    "/mask",
    `<input id=number oninput="this.value = this.value.replace(/\\D/g, '').slice(0, 8)"><input id=expiry>`,
  );
  site.page(
    "/veil",
    `<input id=number><input id=expiry><button id=save onclick="this.textContent='saved'">Save</button>
     <div id=veil hidden style="position:fixed;inset:0"></div>
     <script>document.querySelector("#save").onpointerover = () => {
       if (!veil.title) { veil.hidden = false; veil.title = "x"; setTimeout(() => (veil.hidden = true), 300) }
     }</script>`,
  );
  site.page("/gone", canary, { status: 404 });
  const answer = (path: string, status: number, body: unknown) =>
    site.answer(path, (request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
      response
        .writeHead(status, { "content-type": "application/json" })
        .end(typeof body === "string" ? body : JSON.stringify(body));
    });
  answer("/api/bills", 200, { owner: canary, bills: [{ id: "b_1", charges: "$85.00", name: canary }] });
  site.answer("/api/mine", (request, response) => {
    const { authorization = null, "x-csrf": csrf = null } = request.headers;
    asked.push(`${authorization} ${csrf}`);
    response
      .writeHead(authorization === null ? 401 : 200, { "content-type": "application/json" })
      // A site that repeats the token where an id is declared.
      .end(JSON.stringify({ bills: [{ id: csrf === "repeat-1" ? "tokenmine42" : "b_1", charges: "$85.00" }] }));
  });
  answer("/api/bills/b_1", 200, { owner: canary, due: "Nov 27, 2026" });
  answer("/api/token", 200, { token: "eyJhbGciOi.canary.sig" });
  answer("/api/drift", 200, { bills: [{ id: canary, charges: canary }] });
  answer("/api/down", 500, canary);
  answer("/api/away", 200, { bills: [] });
  site.redirect("/api/moved", "/api/away");
});
afterAll(() => rig.close());

function declared(origin: string): OperationManifest {
  const on = { origin, path: "/bill/" };
  const bills = {
    type: "array",
    maxItems: 3,
    items: {
      type: "object",
      properties: { id: { leaf: "id", max: 20 }, charges: { leaf: "money" } },
      required: ["id", "charges"],
    },
  };
  const list = { type: "object", properties: { bills }, required: ["bills"] };
  const get = { source: "request", what: "your bills", on, method: "GET", shape: list };
  return operationManifest.parse({
    ...shopManifest(),
    resource: "bills",
    sends: "Your bills",
    origins: [origin],
    signIn: [],
    steps: {
      summary: { go: `${origin}/bill/summary` },
      form: { go: `${origin}/form` },
      mask: { go: `${origin}/mask` },
      veil: { go: `${origin}/veil` },
      gone: { go: `${origin}/gone` },
      isSummary: { when: "url", origin, path: "/bill/" },
      due: { when: "visible", selector: "#due" },
      secret: { when: "visible", selector: "#hiddenone" },
      secretGone: { when: "hidden", selector: "#hiddenone" },
      isDone: { when: "done" },
      more: { click: "button.more", nth: 2 },
      none: { click: "#nowhere" },
      any: { click: "h1, p, li" },
      number: { fill: "#number", kind: "cc-number", from: "cardNumber" },
      expiry: { fill: "#expiry", kind: "cc-exp", from: "expirationDate" },
      save: { commit: "#save", ask: "Save the card ending in {cardNumber.last4}, expires {expirationDate}?" },
      rest: { pauseMs: 5 },
      quiet: { when: "idle" },
    },
    says: ["Reading your bills", "{n} so far"],
    reads: {
      bills: { ...get, path: "/api/bills" },
      bill: {
        ...get,
        path: "/api/bills/{id}",
        headers: { authorization: { $held: { read: "token", at: "token" }, prefix: "Bearer " } },
        params: { id: { seen: { read: "bills", at: "bills[].id" } } },
        shape: { type: "object", properties: { due: { leaf: "date" } }, required: ["due"] },
      },
      mine: {
        ...get,
        path: "/api/mine",
        headers: {
          authorization: { $stored: { area: "local", key: "auth", at: ["user", "token"] }, prefix: "Bearer " },
          "x-csrf": { $stored: { area: "session", key: "csrf" } },
        },
      },
      token: {
        ...get,
        path: "/api/token",
        shape: { type: "object", properties: { token: { leaf: "held" } }, required: ["token"] },
      },
      drift: { ...get, path: "/api/drift" },
      down: { ...get, path: "/api/down" },
      moved: { ...get, path: "/api/moved" },
      status: { ...get, path: "/api/bills", shape: null },
      elsewhere: { ...get, path: "/api/bills", on: { origin, path: "/account/" } },
      labels: {
        source: "page",
        what: "the labels",
        on,
        params: { count: { integer: [0, 9] }, most: { integer: [1, 9] } },
        rows: { css: "[data-bill]", atLeast: { $param: "count" }, most: { $param: "most" } },
        fields: { amount: { pick: "(\\$[0-9.]+)" } },
        shape: {
          type: "array",
          maxItems: 9,
          items: { orNull: { type: "object", properties: { amount: { leaf: "money" } }, required: ["amount"] } },
        },
      },
      dueDate: {
        source: "page",
        what: "the due date",
        on,
        fields: { due: { css: "#due", pick: "Due (\\w+ \\d+, \\d{4})" } },
        shape: { type: "object", properties: { due: { leaf: "date" } }, required: ["due"] },
      },
    },
  });
}

beforeEach(async () => {
  const { origin } = rig.site;
  manifest = declared("https://www.live.example");
  rig.origins.pin([origin]);
  rig.operations.pin([manifest], (url) => url.replace("https://www.live.example", origin));
  asked = [];
  rig.frames.length = 0;
});

const nameOfStep = (name: string) => declaredName(name, manifest.steps[name]);
const nameOfRead = (name: string) => declaredName(name, manifest.reads[name]);
const step = (name: string, holes: object = {}) =>
  rig.send("step", { step: nameOfStep(name), timeout: 2_000, ...holes });
const at = (name: string) => rig.send("at", { step: nameOfStep(name) });
const read = (name: string, params?: object) =>
  rig.send("read", { read: nameOfRead(name), timeout: 2_000, ...(params && { params }) });
const begin = (operation = "bills:read") => rig.send("begin", { operation });

async function summary(): Promise<void> {
  expect((await begin()).error).toBe(undefined);
  expect((await step("summary")).result).toEqual({ status: "ok" });
}

describe("what is declared", () => {
  test("places, conditions, clicks and reads", async () => {
    await summary();
    expect((await at("isSummary")).result).toEqual({ holds: true });
    expect((await at("due")).result).toEqual({ holds: true });
    expect((await at("secret")).result).toEqual({ holds: false });
    expect((await at("secretGone")).result).toEqual({ holds: true });
    expect((await step("due")).result).toEqual({});
    expect((await step("isSummary")).result).toEqual({});
    expect((await step("rest")).result).toEqual({});
    expect((await step("quiet")).result).toEqual({});
    expect((await step("more", { nth: 1 })).result).toEqual({});
    expect(await rig.value("document.querySelectorAll('.more')[1].textContent")).toBe("pressed");
    expect((await step("gone")).result).toEqual({ status: "absent" });
    expect((await at("isSummary")).result).toEqual({ holds: false });
  });

  test("a request: of its answer only the shape, of another status only its class", async () => {
    await summary();
    expect((await read("bills")).result).toEqual({ status: "ok", data: { bills: [{ id: "b_1", charges: "85.00" }] } });
    expect((await read("token")).result).toEqual({ status: "ok", data: { token: true } });
    expect((await read("bill", { id: "b_1" })).result).toEqual({ status: "ok", data: { due: "2026-11-27" } });
    expect(asked.at(-1)).toBe("GET /api/bills/b_1 Bearer eyJhbGciOi.canary.sig");
    expect((await read("status")).result).toEqual({ status: "ok", data: null });
    expect((await read("down")).result).toEqual({ status: "down", data: null });
    expect((await read("drift")).result).toEqual({
      status: "ok",
      data: null,
      drift: [
        { at: "bills[].id", expected: "id", seen: "text", count: 1 },
        { at: "bills[].charges", expected: "money", seen: "text", count: 1 },
      ],
    });
    expect(rig.frames.join()).not.toMatch(/Canary|canary/);
  });

  test("a request with what the site has stored, as it is now; without it the request goes without the header", async () => {
    await summary();
    const mine = async () => (await read("mine")).result;
    expect(await mine()).toEqual({ status: "refused", data: null });
    expect(asked).toEqual(["null null"]);
    const store = (auth: unknown, csrf: string) =>
      rig.value(`localStorage.auth = ${JSON.stringify(JSON.stringify(auth))}; sessionStorage.csrf = "${csrf}"`);
    await store({ user: { token: "tokenmine41" } }, "csrf-one");
    expect(await mine()).toEqual({ status: "ok", data: { bills: [{ id: "b_1", charges: "85.00" }] } });
    await store({ user: { token: "tokenmine42" } }, "csrf-two");
    expect(await mine()).toMatchObject({ status: "ok" });
    expect(asked.slice(1)).toEqual(["Bearer tokenmine41 csrf-one", "Bearer tokenmine42 csrf-two"]);
    for (const auth of [
      { user: {} },
      { user: { token: 7 } },
      ["x"],
      "text",
      { user: { token: "" } },
      { user: { token: "a".repeat(8_193) } },
    ]) {
      await store(auth, "");
      expect(await mine()).toEqual({ status: "refused", data: null });
    }
    await store({ user: { token: "token\nmine" } }, "csrf-one");
    expect((await read("mine")).error?.code).toBe("invalid_params");
    await store({ user: { token: "tokenmine42" } }, "repeat-1");
    expect((await read("mine")).error?.code).toBe("blocked_secret");
    await store({ user: { token: "no" } }, "csrf-one");
    expect((await read("mine")).error?.code).toBe("fetch_failed");
    await rig.value("localStorage.clear(); sessionStorage.clear()");
  });

  test("elements of the page", async () => {
    await summary();
    expect((await read("dueDate")).result).toEqual({ status: "ok", data: { due: "2026-11-27" } });
    expect((await read("labels", { count: 2, most: 9 })).result).toEqual({
      status: "ok",
      data: [{ amount: "85.00" }, null],
      drift: [{ at: "[].amount", expected: "money", seen: "absent", count: 1 }],
    });
    expect((await read("labels", { count: 2, most: 1 })).result).toEqual({ status: "ok", data: [{ amount: "85.00" }] });
  });

  test("elements of the page, but not once it has gone to where the read may not be made", async () => {
    await summary();
    const reading = read("labels", { count: 3, most: 9 });
    await rig.value(
      "history.pushState({}, '', '/account'); document.querySelector('ul').insertAdjacentHTML('beforeend', '<li data-bill>$1.00')",
    );
    expect((await reading).error?.code).toBe("origin_not_allowed");
  });

  test("in a batch, with words of the manifest", async () => {
    await begin();
    const answer = await rig.send("batch", {
      commands: [
        { command: "updateStatus", params: { heading: "Reading your bills", subheading: "12 so far" } },
        { command: "step", params: { step: nameOfStep("summary") } },
        { command: "read", params: { read: nameOfRead("bills") } },
        { command: "title", params: {} },
      ],
    });
    expect(answer.result.results).toEqual([
      { result: {} },
      { result: { status: "ok" } },
      { result: { status: "ok", data: { bills: [{ id: "b_1", charges: "85.00" }] } } },
      { error: { code: "command_not_declared", message: "The operation's manifest does not declare this command." } },
    ]);
  });
});

test("of two operations in one session, each does what it declares while it is the active one", async () => {
  const orders = { ...manifest, resource: "orders", reads: {}, says: ["Reading your orders"] };
  rig.operations.pin([manifest, orders], (url) => url.replace("https://www.live.example", rig.site.origin));
  await summary();
  const due = [{ type: "step" as const, step: nameOfStep("due") }];
  expect((await rig.yield({ conditions: due, status: { heading: "Reading your bills" } })).result).toMatchObject({
    matched: true,
    condition: 0,
  });
  expect((await read("bills")).result).toMatchObject({ status: "ok" });
  expect((await rig.send("updateStatus", { heading: "Reading your orders" })).error?.code).toBe("command_not_declared");
  expect((await begin("orders:read")).error).toBe(undefined);
  expect((await rig.send("updateStatus", { heading: "Reading your orders" })).result).toEqual({});
  expect((await rig.send("updateStatus", { heading: "Reading your bills" })).error?.code).toBe("command_not_declared");
  expect((await read("bills")).error?.code).toBe("command_not_declared");
  expect((await at("due")).result).toEqual({ holds: true });
  expect((await begin()).error?.code).toBe("command_not_declared");
});

describe("what is not declared is refused, in words that are the code's alone", () => {
  const refused = (answer: Answered, code: string) => {
    expect(answer.error?.code).toBe(code);
    expect(answer.error).toEqual({
      code,
      message: expect.stringMatching(/^[\w ,':;]+\.$/),
      ...(answer.error?.details && { details: answer.error.details }),
    });
    expect(JSON.stringify(answer)).not.toMatch(/Canary|7741|nowhere|h1/);
  };

  test("anything before an operation is begun, a second time, or of no operation", async () => {
    refused(await step("summary"), "command_not_declared");
    refused(await begin("orders:read"), "command_not_declared");
    expect((await begin()).error).toBe(undefined);
    refused(await begin(), "command_not_declared");
  });

  test("every free command, whatever its parameters", async () => {
    await summary();
    const usual = { selector: "h1", url: `${rig.site.origin}/form`, expression: "1", key: "a", text: "a", value: "a" };
    for (const command of Object.keys(commands).filter((name) => name !== "updateStatus"))
      for (const params of [{}, usual]) refused(await rig.send(command, params), "command_not_declared");
    expect(rig.page.url()).toBe(`${rig.site.origin}/bill/summary`);
  });

  test("words, holes, parameters, places and versions that are not those of the manifest", async () => {
    await summary();
    refused(await rig.send("updateStatus", { heading: "Type your password in the box below" }), "command_not_declared");
    refused(await rig.send("step", { step: "summary@00000000" }), "command_not_declared");
    refused(await rig.send("read", { read: "bills@00000000" }), "command_not_declared");
    refused(await rig.send("read", { read: "bills" }), "invalid_params");
    refused(await step("more"), "invalid_params");
    refused(await step("more", { nth: 2 }), "invalid_params");
    refused(await step("due", { nth: 1 }), "invalid_params");
    refused(await step("due", { value: "a" }), "invalid_params");
    refused(await step("save"), "command_not_declared");
    refused(await at("summary"), "invalid_params");
    refused(await at("quiet"), "invalid_params");
    refused(await read("bill", { id: "b_1" }), "invalid_params");
    refused(await read("bills", { id: "b_1" }), "invalid_params");
    refused(await read("elsewhere"), "origin_not_allowed");
    refused(await read("moved"), "fetch_failed");
    expect(asked).toEqual([]);
  });

  test("an error tells nothing of the page", async () => {
    await summary();
    refused(await step("none"), "timeout");
    refused(await step("any"), "strict_violation");
    refused(await step("secret", { timeout: 300 }), "timeout");
    refused(await rig.yield({ conditions: [{ type: "url", pattern: "a" }] }), "command_not_declared");
    refused(
      await rig.yield({
        conditions: [{ type: "step", step: nameOfStep("due") }],
        status: { heading: "Type your code" },
      }),
      "command_not_declared",
    );
    for (const name of ["summary", "quiet"])
      refused(await rig.yield({ conditions: [{ type: "step", step: nameOfStep(name) }] }), "invalid_params");
  });
});

describe("a person's turn", () => {
  test("ends with a declared condition, and tells no address", async () => {
    await summary();
    const conditions = ["secret", "due"].map((name) => ({ type: "step" as const, step: nameOfStep(name) }));
    expect((await rig.yield({ conditions, status: { heading: "Reading your bills" } })).result).toEqual({
      matched: true,
      condition: 1,
    });
  });

  test("a commit is asked about in the arguments' own values, made after a yes, and once", async () => {
    await begin();
    await step("form");
    const save = [{ type: "step" as const, step: nameOfStep("save") }];
    expect((await rig.yield({ conditions: save })).error?.code).toBe("invalid_params");
    expect((await step("number", { value: "4242 4242 4242 4242" })).error).toBe(undefined);
    expect((await step("number", { value: "4000 0000 0000 0002" })).error?.code).toBe("invalid_params");
    expect((await step("expiry", { value: "08/29" })).error).toBe(undefined);
    const turn = rig.yield({ conditions: save, timeout: 20_000 });
    await expect.poll(() => rig.overlay.card).not.toBe(null);
    await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
    expect(await rig.value("document.querySelector('#save').textContent")).toBe("Save");
    expect((await step("rest")).error?.code).toBe("user_in_control");
    await rig.personPresses("I'm done");
    expect((await turn).result).toEqual({ matched: true, condition: 0 });
    expect(await rig.value("document.querySelector('#save').textContent")).toBe("saved");
    expect((await rig.yield({ conditions: save })).error?.code).toBe("command_not_declared");
  });

  test("a field that the person has typed in takes no declared fill", async () => {
    await begin();
    await step("form");
    await rig.personTypes("document.querySelector('#number')", "5105 1051 0510 5100");
    const fill = async () => (await step("number", { value: "4242 4242 4242 4242" })).error?.code;
    expect(await fill()).toBe("blocked_private");
    expect(await rig.value("document.querySelector('#number').value")).toBe("5105 1051 0510 5100");
    expect((await step("expiry", { value: "08/29" })).error).toBe(undefined);
  });

  test("a device that is restarted asks about a commit again", async () => {
    const asked = async () => {
      await begin();
      await step("form");
      await step("number", { value: "4242 4242 4242 4242" });
      await step("expiry", { value: "08/29" });
      const turn = rig.yield({ conditions: [{ type: "step", step: nameOfStep("save") }], timeout: 20_000 });
      await rig.until("document.querySelector('passage-status')?.matches('[aria-busy]')");
      expect(await rig.value("document.querySelector('#save').textContent")).toBe("Save");
      await rig.personPresses("I'm done");
      expect((await turn).result).toEqual({ matched: true, condition: 0 });
      expect(await rig.value("document.querySelector('#save').textContent")).toBe("saved");
    };
    await asked();
    rig.operations.pin([manifest], (url) => url.replace("https://www.live.example", rig.site.origin));
    await asked();
  });

  test("a value is of its field's kind, and is an argument once the field holds it", async () => {
    await begin();
    await step("form");
    for (const value of ["4242 4242 4242 4242\n", "4242\u202e 4242 4242 4242", "a secret of yours"])
      expect((await step("number", { value })).error?.code).toBe("invalid_params");
    expect(await rig.value("document.querySelector('#number').value")).toBe("");
    await step("mask");
    expect((await step("number", { value: "4242 4242 4242 4242" })).error?.code).toBe("not_actionable");
    const save = [{ type: "step" as const, step: nameOfStep("save") }];
    expect((await step("expiry", { value: "08/29" })).error).toBe(undefined);
    expect((await rig.yield({ conditions: save })).error?.code).toBe("invalid_params");
  });

  test("while the person is asked, the page gets no press and no key, and an answer before they can have read it is none", async () => {
    await begin();
    await step("form");
    await rig.value(
      "document.querySelector('#number').addEventListener('keydown', () => (document.body.dataset.key = 'heard')) ?? null",
    );
    await step("number", { value: "4242 4242 4242 4242" });
    await step("expiry", { value: "08/29" });
    const turn = rig.yield({ conditions: [{ type: "step", step: nameOfStep("save") }], timeout: 20_000 });
    await rig.until("document.querySelector('passage-status')?.matches('[aria-busy]')");
    await rig.personPressesAt("I'm done");
    const { x, y } = (await rig.value(
      "(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(document.querySelector('#save').getBoundingClientRect())",
    )) as { x: number; y: number };
    await rig.personClicks({ x, y });
    await rig.value("document.querySelector('#number').focus() ?? null");
    await rig.personKeys("7");
    expect(await rig.value("[document.querySelector('#save').textContent, document.body.dataset.key ?? '']")).toEqual([
      "Save",
      "",
    ]);
    expect(await rig.value("document.querySelector('#number').value")).toBe("4242 4242 4242 4242");
    await rig.personPresses("I'm done");
    expect((await turn).result).toEqual({ matched: true, condition: 0 });
    expect(await rig.value("document.querySelector('#save').textContent")).toBe("saved");
  });

  test("a commit's button is pressed once, whatever gets in the way", async () => {
    await begin();
    await step("veil");
    await step("number", { value: "4242 4242 4242 4242" });
    await step("expiry", { value: "08/29" });
    const turn = rig.yield({ conditions: [{ type: "step", step: nameOfStep("save") }], timeout: 20_000 });
    await expect.poll(() => rig.overlay.card).not.toBe(null);
    await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
    await rig.personPresses("I'm done");
    expect((await turn).error?.code).toBe("not_actionable");
    expect(
      await rig.value("[document.querySelector('#veil').title, document.querySelector('#save').textContent]"),
    ).toEqual(["x", "Save"]);
  });

  test("a button that is not there for the person's yes is told as that, not as a person who was not done", async () => {
    await begin();
    await step("form");
    await step("number", { value: "4242 4242 4242 4242" });
    await step("expiry", { value: "08/29" });
    const turn = rig.yield({ conditions: [{ type: "step", step: nameOfStep("save") }], timeout: 5_000 });
    await expect.poll(() => rig.overlay.card).not.toBe(null);
    await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
    await rig.value("document.querySelector('#save').remove()");
    await rig.personPresses("I'm done");
    expect((await turn).error?.code).toBe("not_actionable");
  });
});
