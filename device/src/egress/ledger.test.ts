import { createHash } from "node:crypto";
import { canonicalJson } from "@passage/protocol/canonical-json";
import { commands } from "@passage/protocol/commands";
import type { LedgerFile } from "@passage/protocol/ledger";
import type { ClientMessage, ServerMessage } from "@passage/protocol/session";
import { expect, test } from "vitest";
import { manifest } from "../../test/publisher.ts";
import { MessageDescriptions } from "./describe-message.ts";
import { Egress } from "./gate.ts";
import { isFrameOf, Ledger, ledgerFault, withoutHead } from "./ledger.ts";
import { PrivatePhase } from "./private-phase.ts";
import { answerShape, batchShape, yieldShape } from "./shapes.ts";

const address = "https://www.shop.com/orders/4711223344?token=abc";

/** A gate with a ledger, and a socket that takes frames while it is open. */
function rig() {
  const descriptions = new MessageDescriptions(() => address);
  descriptions.declare([manifest()]);
  const ledger = new Ledger("sess_1", descriptions);
  const egress = new Egress(new PrivatePhase(() => address), { ledger });
  const frames: string[] = [];
  const socket = { open: true };
  egress.attach((text) => socket.open && frames.push(text) > 0);
  const ask = (message: ServerMessage) => descriptions.asked(message);
  return { egress, ledger, frames, socket, ask, texts: () => ledger.file().entries.map(({ text }) => text) };
}

const command = (id: string, name: string, params: Record<string, unknown> = {}): ServerMessage => ({
  type: "server.command",
  id,
  command: name,
  params,
});
const answer = (id: string, result: unknown): ClientMessage => ({ type: "client.command_response", id, result });

test("each frame has its entry, its hash and its place in the chain", () => {
  const { egress, ledger, frames, ask } = rig();
  egress.send({ type: "client.hello", protocol: 1 });
  ask(command("1", "title"));
  egress.send(answer("1", { title: "Your orders" }), answerShape("title"));
  egress.ping();
  const file = ledger.file();
  expect(ledgerFault(file)).toBe(null);
  expect(frames).toHaveLength(3);
  expect(file.entries).toHaveLength(2);
  let prev = createHash("sha256").update("passage ledger of sess_1").digest("hex");
  for (const [index, entry] of file.entries.entries()) {
    const frame = frames[index] as string;
    const { ledger: head, ...message } = JSON.parse(frame);
    expect(entry.prev).toBe(prev);
    expect(entry.sha256).toBe(createHash("sha256").update(JSON.stringify(message)).digest("hex"));
    prev = createHash("sha256").update(canonicalJson(entry)).digest("hex");
    expect(head).toEqual({ head: prev, entries: index + 1 });
    expect(isFrameOf(entry, frame)).toBe(true);
    expect(isFrameOf(entry, frame.replace("Your", "My"))).toBe(index === 0);
  }
  expect(file.head).toBe(prev);
});

test("what no socket took is not in it, and is once it was sent", () => {
  const { egress, ledger, socket, frames, ask } = rig();
  ask(command("1", "title"));
  socket.open = false;
  expect(egress.send(answer("1", { title: "Your orders" }), answerShape("title"))).toBe(false);
  expect(ledger.file().entries).toEqual([]);
  socket.open = true;
  egress.send(answer("1", { title: "Your orders" }), answerShape("title"));
  expect(ledger.file().entries).toHaveLength(1);
  expect(ledgerFault(ledger.file())).toBe(null);
  expect(JSON.parse(frames[0] as string).ledger.entries).toBe(1);
});

test("a page cannot write a frame that ends like a head", () => {
  const { egress, ledger, frames, ask } = rig();
  ask(command("1", "title"));
  const forged = `","ledger":{"head":"${"0".repeat(64)}","entries":9}}`;
  egress.send(answer("1", { title: forged }), answerShape("title"));
  const [entry] = ledger.file().entries;
  expect(JSON.parse(withoutHead(frames[0] as string)).result).toEqual({ title: forged });
  expect(entry && isFrameOf(entry, frames[0] as string)).toBe(true);
});

test("the lines are plain, and say nothing of values", () => {
  const { egress, ask, texts } = rig();
  ask(command("1", "click"));
  egress.send(answer("1", {}), answerShape("click"));
  ask(command("2", "navigate"));
  egress.send(answer("2", { url: address, status: 200 }), answerShape("navigate"));
  ask(command("3", "evaluate"));
  const orders = [{ orderId: "A-1", total: 42.17 }];
  egress.send(answer("3", { value: { orders } }), answerShape("evaluate"));
  ask(command("4", "batch", { commands: [{ command: "click" }, { command: "click" }, { command: "textContent" }] }));
  const shapes = [answerShape("click"), answerShape("click"), answerShape("textContent")];
  const results = [{ result: {} }, { result: {} }, { result: { text: "Order of Nov 2" } }];
  egress.send(answer("4", { results }), batchShape(shapes));
  ask({ type: "server.set_interactive", interactive: true, yield: { id: "5", conditions: [{ type: "userDone" }] } });
  egress.send(answer("5", { matched: true, condition: 0, url: address }), yieldShape);
  ask(command("6", "isVisible"));
  egress.send(answer("6", { visible: true }), answerShape("isVisible"));
  egress.send({ type: "client.command_response", id: "7", error: { code: "timeout", message: "x" } });
  egress.send({
    type: "client.events",
    clientSeq: 1,
    events: [{ type: "navigation", ts: 1, source: "device", payload: { url: address, isMainFrame: true } }],
  });
  const place = "www.shop.com/orders/:id";
  expect(texts()).toEqual([
    "that a step was done (click)",
    `the address of the page: ${place}`,
    `Your orders: date and total of each — data of the page (orders, orderId, total), ${place}, 54 bytes`,
    `that a step was done (click) (2 times); Your orders: date and total of each — a text on the page, ${place}, 25 bytes`,
    `that your turn was done, and the address of the page: ${place}`,
    "whether something shows on the page",
    "that a request failed: timeout",
    `the address of the page: ${place}`,
  ]);
});

test("every command that reads has words of its own, or names what it answered", () => {
  for (const [name, { reveals }] of Object.entries(commands)) {
    if (reveals !== "content") continue;
    const { ask, ledger } = rig();
    ask(command("1", name));
    const { entry } = ledger.draft(answer("1", { value: { periods: [1] } }), "{}");
    expect(entry.kind, name).toBe("content");
    expect(entry.text, name).toMatch(/^Your orders: date and total of each — (a |an |the |data|HTML|what|how)/);
  }
});

const faults: [string, (file: LedgerFile) => unknown, RegExp][] = [
  ["an entry changed", (file) => changed(file, 0, { text: "nothing" }), /Entry 2 does not follow/],
  ["the last entry changed", (file) => changed(file, 2, { text: "nothing" }), /last entry was changed/],
  ["an entry left out", (file) => ({ ...file, entries: file.entries.toSpliced(1, 1) }), /Entry 2 is missing/],
  ["the end left out", (file) => ({ ...file, entries: file.entries.slice(0, 2) }), /taken away/],
  ["another session's", (file) => ({ ...file, sessionId: "sess_2" }), /Entry 1 does not follow/],
  ["no ledger", () => ({ entries: [] }), /no ledger/],
];
test.each(faults)("a ledger with %s is told", (_name, harm, why) => {
  const { egress, ledger } = rig();
  for (let n = 1; n <= 3; n++) egress.send({ type: "client.hello", protocol: n });
  const file = JSON.parse(JSON.stringify(ledger.file()));
  expect(ledgerFault(file)).toBe(null);
  expect(ledgerFault(harm(file))).toMatch(why);
});

function changed(file: LedgerFile, index: number, change: object): LedgerFile {
  return { ...file, entries: file.entries.map((entry, at) => (at === index ? { ...entry, ...change } : entry)) };
}
