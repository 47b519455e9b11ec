import { expect, test } from "vitest";
import { Listeners } from "./listeners.ts";
import { NetworkLog } from "./network-log.ts";
import type { NetworkEvent } from "./webview.ts";

/** A network that a test plays by hand; each body is as long as its request's id says. */
function scripted() {
  const events = new Listeners<NetworkEvent>();
  const asked: string[] = [];
  const body = async (id: string) => {
    asked.push(id);
    return "x".repeat(Number(id.split(":")[1]));
  };
  const log = new NetworkLog({ listen: (listener) => events.listen(listener), body });
  const load = async (id: string, bodyBytes = Number(id.split(":")[1])) => {
    events.emit({ type: "request", id, kind: "fetch", url: `https://a.example/${id}`, method: "GET" });
    events.emit({ type: "response", id, url: `https://a.example/${id}`, status: 200 });
    events.emit({ type: "finished", id, bodyBytes });
    await Promise.resolve();
  };
  const kept = () => [...log.responses()];
  return { log, events, load, kept, asked };
}
const mebibyte = 1_048_576;

test("16 MiB of bodies are kept, the oldest go first", async () => {
  const { load, kept } = scripted();
  for (let n = 0; n < 20; n++) await load(`${n}:${mebibyte}`);
  expect(kept().map(({ url }) => url)).toEqual(
    Array.from({ length: 16 }, (_, n) => `https://a.example/${n + 4}:${mebibyte}`),
  );
});

test("a body over 1 MiB is not asked for, and one that proves longer is not kept", async () => {
  const { load, kept, asked } = scripted();
  await load(`big:${mebibyte + 1}`);
  expect(asked).toEqual([]);
  await load(`packed:${mebibyte + 1}`, 10);
  expect(kept().map(({ body }) => body?.kind)).toEqual(["tooLarge", "tooLarge"]);
});

test("500 responses are kept", async () => {
  const { load, kept } = scripted();
  for (let n = 0; n < 510; n++) await load(`${n}:1`);
  expect(kept()).toHaveLength(500);
  expect(kept()[0]?.url).toBe("https://a.example/10:1");
});

test("forgets at a navigate, also what was still to come; requests under way still count", async () => {
  const { log, events, load, kept } = scripted();
  await load("a:1");
  events.emit({ type: "request", id: "b:1", kind: "fetch", url: "https://a.example/b", method: "GET" });
  events.emit({ type: "request", id: "c:1", kind: "other", url: "https://a.example/c.png", method: "GET" });
  log.forget();
  events.emit({ type: "response", id: "b:1", url: "https://a.example/b", status: 200 });
  expect(kept()).toEqual([]);
  expect(log.underWay).toBe(2);
  events.emit({ type: "finished", id: "b:1", bodyBytes: 1 });
  events.emit({ type: "finished", id: "c:1", bodyBytes: null });
  expect(log.underWay).toBe(0);
});
