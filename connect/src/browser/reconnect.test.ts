import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Running, removeFolder, startPassage } from "../../../test/harness/passage-process.ts";
import { startRecordingProxy } from "../../../test/harness/recording-proxy.ts";
import { type Browser, Passage, type Session } from "../index.ts";
import { device, passageOf } from "../testing/session.ts";

const userDone = { conditions: [{ type: "userDone" as const }] };

describe("a lost network", () => {
  let running: Running;
  let proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
  beforeAll(async () => {
    running = await startPassage();
    proxy = await startRecordingProxy(running.url);
  });
  afterAll(async () => {
    proxy.stop();
    await running.stop();
    removeFolder(running.data);
  });

  /** The worker's sockets go through the proxy, the device's do not. */
  async function start(): Promise<{ session: Session; browser: Browser }> {
    const session = await passageOf(running).sessions.create();
    const { sessionId, workerToken } = session;
    const websocketUrl = session.websocketUrl.replace(
      running.url.replace("http", "ws"),
      proxy.url.replace("http", "ws"),
    );
    const browser = await new Passage({ apiKey: "psg_test_x" }).sessions.connect({
      sessionId,
      workerToken,
      websocketUrl,
    });
    return { session, browser };
  }

  const sent = (type: string) =>
    proxy.sent.filter((frame) => frame.startsWith("{")).filter((f) => f.includes(`"${type}"`));

  test("a call goes on over a new socket, under its id, and the device acts once", async () => {
    const { session, browser } = await start();
    const { asked, answer } = await device(session, () => null);
    const title = browser.title();
    await expect.poll(() => asked.length).toBe(1);
    const before = sent("worker.command").length;
    proxy.cut();
    await expect.poll(() => sent("worker.command").length).toBe(before + 1);
    const [first, second] = sent("worker.command")
      .slice(-2)
      .map((frame) => JSON.parse(frame).id);
    expect(second).toBe(first);
    answer({ result: { title: "Once" } });
    expect(await title).toEqual({ title: "Once" });
    expect(asked).toHaveLength(1);
    browser.close();
  });

  test("an answer that was given while we were away is not lost", async () => {
    const { session, browser } = await start();
    const { asked, answer } = await device(session, ({ command }) =>
      command === "url" ? { result: { url: "a" } } : null,
    );
    const title = browser.title();
    const url = browser.url();
    await expect.poll(() => asked.length).toBe(1);
    proxy.cut();
    answer({ result: { title: "Meanwhile" } });
    expect(await title).toEqual({ title: "Meanwhile" });
    expect(await url).toEqual({ url: "a" });
    expect(asked.map(({ command }) => command)).toEqual(["title", "url"]);
    browser.close();
  });

  test("so does a yield", async () => {
    const { session, browser } = await start();
    const { asked, answer } = await device(session, () => null);
    const yielded = browser.yieldToUser(userDone);
    await expect.poll(() => asked.length).toBe(1);
    const before = sent("worker.yield_to_user").length;
    proxy.cut();
    await expect.poll(() => sent("worker.yield_to_user").length).toBe(before + 1);
    answer({ result: { matched: true, condition: 0 } });
    expect(await yielded).toEqual({ matched: true, condition: 0 });
    browser.close();
  });

  test("complete is said until it is heard", async () => {
    const { session, browser } = await start();
    const { peer } = await device(session, () => null);
    await browser.waitForClient();
    proxy.cut();
    await browser.complete({ answer: 42 });
    await peer.message("server.session_end", ({ phase }) => phase === "complete");
  });

  test("a device that came and went unseen is noticed", async () => {
    const { session, browser } = await start();
    const heard: string[] = [];
    for (const name of ["clientReady", "clientDisconnected"] as const) browser.on(name, () => heard.push(name));
    proxy.cut();
    await device(session, () => null);
    await browser.waitForClient();
    await expect.poll(() => heard).toEqual(["clientReady"]);
    browser.close();
  });
});

describe("a server that is killed and starts again", () => {
  let running: Running;
  beforeAll(async () => {
    running = await startPassage();
  });
  afterAll(async () => {
    await running.stop();
    removeFolder(running.data);
  });

  async function killAndStart(): Promise<void> {
    const { data, port, testKey } = running;
    await running.kill();
    running = { ...(await startPassage({ data, port })), testKey };
  }

  test.each(["command", "yield"])("in the middle of a %s: it is answered, and done once", async (kind) => {
    const session = await passageOf(running).sessions.create();
    const browser = await session.connect();
    const first = await device(session, () => null);
    const result = kind === "yield" ? { matched: true } : { title: "Still here" };
    const answered = kind === "yield" ? browser.yieldToUser(userDone) : browser.title();
    await expect.poll(() => first.asked.length).toBe(1);
    await killAndStart();
    const second = await device(session, () => ({ result }));
    expect(await answered).toEqual(result);
    expect(second.asked.map(({ id }) => id)).toEqual(first.asked.map(({ id }) => id));
    expect(await browser.url()).toEqual(result);
    await browser.complete();
  });
});
