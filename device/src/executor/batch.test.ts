import { afterAll, beforeAll, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

type Inner = { command: string; params?: Record<string, unknown> };
const batch = (commands: Inner[], id?: string) => rig.send("batch", { commands }, id);
const bump = "document.body.dataset.n = Number(document.body.dataset.n ?? 0) + 1";

test("runs in order and answers once, with each result in its own shape", async () => {
  const url = rig.site.page("/form", "<input id=i><button id=b onclick='document.title = i.value'>Go</button>");
  const before = rig.frames.length;
  const { result } = await batch([
    { command: "navigate", params: { url } },
    { command: "fill", params: { selector: "#i", value: "Ada" } },
    { command: "click", params: { selector: "#b" } },
    { command: "title" },
    { command: "evaluate", params: { expression: "[1]" } },
  ]);
  expect(result).toEqual({
    results: [
      { result: { url, status: 200 } },
      { result: {} },
      { result: {} },
      { result: { title: "Ada" } },
      { result: { value: [1] } },
    ],
  });
  expect(rig.frames.slice(before)).toHaveLength(1);
});

test.each([
  ["a selector that matches too much", { command: "textContent", params: { selector: "p" } }, "strict_violation"],
  ["params that do not fit", { command: "click", params: {} }, "invalid_params"],
  ["a command that is not known", { command: "fly" }, "unsupported_command"],
  ["its own deadline", { command: "click", params: { selector: "#none", timeout: 50 } }, "timeout"],
])("stops at %s", async (_what, failing, code) => {
  await rig.show("<p>x</p><p>y</p>");
  const { result } = await batch([
    { command: "evaluate", params: { expression: bump } },
    failing,
    { command: "evaluate", params: { expression: bump } },
  ]);
  expect(result.results).toEqual([{ result: { value: 1 } }, { error: { code, message: expect.any(String) } }]);
  expect(await rig.value("document.body.dataset.n")).toBe("1");
});

test("a batch in a batch, none and too many are invalid_params, and nothing runs", async () => {
  await rig.show("<p>x</p>");
  const act = { command: "evaluate", params: { expression: bump } };
  const nested = { command: "batch", params: { commands: [act] } };
  for (const commands of [[act, nested], [], Array.from({ length: 101 }, () => act)]) {
    expect((await batch(commands)).error?.code).toBe("invalid_params");
  }
  expect((await rig.send("batch", {})).error?.message).toContain("params.commands");
  expect(await rig.value("document.body.dataset.n ?? null")).toBe(null);
});

test("a cancel ends it, once, and the next command goes on", async () => {
  await rig.show("<p>x</p>");
  const running = batch([{ command: "waitForSelector", params: { selector: "#none" } }, { command: "url" }], "b1");
  await rig.run("updateStatus", {});
  rig.cancel("b1");
  expect((await running).error?.code).toBe("cancelled");
  expect(rig.frames.filter((frame) => frame.includes('"b1"'))).toHaveLength(1);
  expect((await rig.run("title", {})).error).toBeUndefined();
});

test("a crash of the page ends it", async () => {
  await rig.show("<p>x</p>");
  const running = batch([{ command: "waitForSelector", params: { selector: "#none" } }]);
  await rig.crash();
  expect((await running).error?.code).toBe("page_gone");
});

test("a person who has the page keeps it: before a batch, and in the middle of one", async () => {
  await rig.show("<p>x</p>");
  const turn = rig.yield({ conditions: [{ type: "userDone" }] }, "y");
  expect((await batch([{ command: "title" }])).error?.code).toBe("user_in_control");
  rig.cancel("y");
  await turn;
  const running = batch([{ command: "waitForSelector", params: { selector: "#go" } }, { command: "title" }]);
  await rig.run("updateStatus", {});
  rig.executor.receive({ type: "server.set_interactive", interactive: true });
  await rig.webview.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=go>go</p>'); null");
  const answer = await running;
  rig.executor.receive({ type: "server.set_interactive", interactive: false });
  expect(answer.result.results.at(-1)).toMatchObject({ error: { code: "user_in_control" } });
});

test("an answer over the frame's limit is payload_too_large", async () => {
  await rig.show("<p>x</p>");
  const half = { command: "evaluate", params: { expression: "'x'.repeat(600_000)" } };
  expect((await batch([half, half])).error?.code).toBe("payload_too_large");
});
