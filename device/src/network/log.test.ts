import { expect, test } from "vitest";
import { Listeners } from "../listeners.ts";
import type { NetworkEvent } from "../webview.ts";
import { NetworkLog, networkLimits } from "./log.ts";

/** A network that a test plays by hand; each body is as long as its request's id says. */
function scripted() {
  const events = new Listeners<NetworkEvent>();
  const asked: string[] = [];
  const body = async (id: string) => {
    asked.push(id);
    return new Uint8Array(Number(id.split(":")[1])).fill(120);
  };
  const log = new NetworkLog({ listen: (listener) => events.listen(listener), body });
  const request = (id: string, more = {}) => {
    const url = `https://a.example/${id}`;
    events.emit({
      type: "request",
      id,
      kind: "fetch",
      url,
      method: "GET",
      documentUrl: "https://a.example/",
      headers: {},
      inPage: true,
      ...more,
    });
  };
  const respond = (id: string, status = 200) =>
    events.emit({ type: "response", id, url: `https://a.example/${id}`, status, contentType: "text/plain" });
  const load = async (id: string, bodyBytes: number | null = Number(id.split(":")[1]), status = 200) => {
    request(id);
    respond(id, status);
    events.emit({ type: "finished", id, bodyBytes });
    await Promise.resolve();
  };
  const kept = () => [...log.responses()];
  const kinds = () => kept().map(({ body }) => body?.kind);
  return { log, events, request, respond, load, kept, kinds, asked };
}
const mebibyte = 1_048_576;

test("32 MiB of bodies are kept, the oldest go first and say so", async () => {
  const { load, kinds, kept } = scripted();
  for (let n = 0; n < 36; n++) await load(`${n}:${mebibyte}`);
  expect(kinds()).toEqual([...Array(4).fill("notKept"), ...Array(32).fill("text")]);
  expect(kept()[0]).toMatchObject({ status: 200, body: { why: expect.stringContaining("no longer kept") } });
});

test("a body over the limit is not asked for, and one that proves longer is not kept", async () => {
  const { load, kinds, asked } = scripted();
  await load(`big:${networkLimits.bodyBytes + 1}`);
  expect(asked).toEqual([]);
  await load(`packed:${networkLimits.bodyBytes + 1}`, 10);
  expect(kinds()).toEqual(["tooLarge", "tooLarge"]);
});

test("a redirect and a 204 have no body; one that broke off is incomplete", async () => {
  const { load, kinds } = scripted();
  await load("a:1", null, 302);
  await load("b:0", 0, 204);
  await load("c:9", null);
  expect(kinds()).toEqual(["none", "none", "incomplete"]);
});

test("5,000 responses are kept, and those that were dropped are counted", async () => {
  const { log, load, kept } = scripted();
  for (let n = 0; n < networkLimits.responses + 10; n++) await load(`${n}:1`);
  expect(kept()).toHaveLength(networkLimits.responses);
  expect(kept()[0]?.url).toBe("https://a.example/10:1");
  expect(log.dropped).toBe(10);
});

test("while the page is private no body is kept of what is not in the page itself, and its text is told all the same", async () => {
  const { log, events, request, respond, kinds } = scripted();
  const texts: string[] = [];
  log.texts.listen(({ text }) => texts.push(text));
  let isPrivate = true;
  log.guard(() => isPrivate);
  const finish = async (id: string, inPage: boolean) => {
    request(id, { inPage });
    respond(id);
    events.emit({ type: "finished", id, bodyBytes: 1 });
    await Promise.resolve();
  };
  await finish("a:1", false);
  await finish("b:1", true);
  isPrivate = false;
  await finish("c:1", false);
  expect([kinds(), texts]).toEqual([
    ["private", "text", "text"],
    ["x", "x", "x"],
  ]);
});

test("what has changed since a revision", async () => {
  const { log, load, request, respond } = scripted();
  await load("a:1");
  request("b:1");
  const before = log.revision;
  expect([...log.responses(before)]).toEqual([]);
  respond("b:1");
  expect([...log.responses(before)].map(({ url }) => url)).toEqual(["https://a.example/b:1"]);
});

test("each text is told once, also that of a response which was forgotten on its way", async () => {
  const { log, load } = scripted();
  const texts: string[] = [];
  log.texts.listen(({ text }) => texts.push(text));
  const loading = load("a:2");
  log.forget();
  await loading;
  expect([texts, [...log.responses()]]).toEqual([["xx"], []]);
});

test("forgets at a navigate, also what was still to come; requests under way still count", async () => {
  const { log, events, request, respond, load, kept } = scripted();
  await load("a:1");
  request("b:1");
  request("c:1", { kind: "other" });
  request("d:1", { inPage: false });
  log.forget();
  respond("b:1");
  expect(kept()).toEqual([]);
  expect(log.underWay).toBe(2);
  events.emit({ type: "finished", id: "b:1", bodyBytes: 1 });
  events.emit({ type: "finished", id: "c:1", bodyBytes: null });
  expect(log.underWay).toBe(0);
});
