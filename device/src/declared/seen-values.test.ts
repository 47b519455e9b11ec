import { expect, test } from "vitest";
import { ScriptedWebview } from "../../test/scripted-webview.ts";
import { manifest, nameOfRead, nameOfStep } from "../../test/shop-manifest.ts";
import { assemble } from "../assemble.ts";
import { Page } from "../page/page.ts";

interface Answer {
  readonly id: string;
  readonly result?: { readonly status: string; readonly data: unknown };
  readonly error?: { readonly code: string };
}

/** A webview that says when the device looks at what is stored, which it does between a read and its answer. */
class Watched extends ScriptedWebview {
  onLook: () => void = () => {};

  override async call(name: string, args: readonly unknown[]) {
    if (name === "storage") this.onLook();
    return super.call(name, args);
  }
}

/** A device at a site with one bill, whose id is `b_177482`. `takes`: whether the socket takes frames. */
async function atBills() {
  const bills = [{ id: "b_177482", charges: "$1.00", due: null, kind: "Bill", count: 1, at: null }];
  const webview = new Watched({
    status: () => 200,
    body: () => JSON.stringify({ bills, token: "held" }),
    text: () => null,
    shows: () => true,
    words: "",
  });
  const { egress, executor, pin } = assemble(new Page(webview));
  pin({ ...manifest, operations: [manifest], place: (url) => url });
  const line = { takes: true };
  const waiting = new Map<string, (answer: Answer) => void>();
  egress.attach((frame) => {
    const answer = JSON.parse(frame) as Answer;
    waiting.get(answer.id)?.(answer);
    return line.takes;
  });
  let last = 0;
  const send = (command: string, params: object) => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const id = `cmd_${++last}`;
    waiting.set(id, resolve);
    executor.receive({ type: "server.command", id, command, params: params as Record<string, unknown> });
    return promise;
  };
  const bill = () => ({ read: nameOfRead("bill"), params: { id: "b_177482", year: 2025, zip: "10001" } });
  await send("begin", { operation: "bills:write" });
  await send("step", { step: nameOfStep("summary") });
  webview.deeds.length = 0;
  return {
    webview,
    egress,
    executor,
    line,
    send,
    /** The id of the read that is asked for now. */
    next: () => `cmd_${last + 1}`,
    readAll: (more: object = {}) => send("read", { read: nameOfRead("bills"), ...more }),
    bill,
    readOne: () => send("read", bill()),
    requests: () => webview.deeds.flatMap((deed) => (deed.kind === "request" ? [deed.request.url] : [])),
  };
}

test("a value is a parameter of later reads once its read's answer has left", async () => {
  const { readAll, readOne, requests } = await atBills();
  expect((await readOne()).error?.code).toBe("invalid_params");
  expect((await readAll()).result).toMatchObject({ status: "ok", data: { bills: [{ id: "b_177482" }] } });
  await readOne();
  expect(requests()).toHaveLength(2);
});

test("not where the gate refused the answer", async () => {
  const { egress, readAll, readOne, requests } = await atBills();
  egress.secrets.addTyped("a code", "b_177482");
  expect((await readAll()).error?.code).toBe("blocked_secret");
  expect((await readOne()).error?.code).toBe("invalid_params");
  expect(requests()).toHaveLength(1);
});

test("not where the read was cancelled after the site's answer", async () => {
  const { webview, executor, next, readAll, readOne, requests } = await atBills();
  const id = next();
  webview.onLook = () => executor.receive({ type: "server.cancel", id });
  expect((await readAll()).error?.code).toBe("cancelled");
  expect((await readOne()).error?.code).toBe("invalid_params");
  expect(requests()).toHaveLength(1);
});

test("not in the batch that it is read in, but after it", async () => {
  const { send, bill, readOne, requests } = await atBills();
  const commands = [
    { command: "read", params: { read: nameOfRead("bills") } },
    { command: "read", params: bill() },
  ];
  const { result } = await send("batch", { commands });
  expect(result).toMatchObject({ results: [{ result: { status: "ok" } }, { error: { code: "invalid_params" } }] });
  await readOne();
  expect(requests()).toHaveLength(2);
});

test("not while no socket has taken the answer", async () => {
  const { line, executor, readAll, readOne, requests } = await atBills();
  line.takes = false;
  await readAll();
  expect((await readOne()).error?.code).toBe("invalid_params");
  line.takes = true;
  executor.answers.resume();
  await readOne();
  expect(requests()).toHaveLength(2);
});
