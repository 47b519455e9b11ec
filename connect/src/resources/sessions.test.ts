import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { type Running, removeFolder, startPassage } from "../../../test/harness/passage-process.ts";
import { Passage } from "../index.ts";
import { device, failure, passageOf, startSession } from "../testing/session.ts";

let running: Running;
beforeAll(async () => {
  running = await startPassage();
});
afterAll(async () => {
  await running.stop();
  removeFolder(running.data);
});

const done = () => ({ result: {} });

describe("sessions", () => {
  test("create returns what the device and the worker need", async () => {
    const before = Date.now();
    const session = await passageOf(running).sessions.create({
      metadata: { order: 7 },
      config: { sessionDurationMs: 60_000 },
    });
    expect(session.sessionId).toMatch(/^sess_/);
    expect(session.clientToken).toMatch(/^ct_/);
    expect(session.workerToken).toMatch(/^wt_/);
    expect(session.websocketUrl).toBe(`ws://localhost:${running.port}/sessions/${session.sessionId}/ws`);
    expect(session.expiresAt - before).toBeGreaterThan(55_000);
    expect(session.expiresAt - before).toBeLessThan(65_000);
  });

  test("create with a wrong field is validation_failed", async () => {
    const created = passageOf(running).sessions.create({ config: { sessionDurationMs: -1 } });
    expect(await failure(created)).toMatchObject({
      code: "validation_failed",
      issues: [{ path: "config.sessionDurationMs" }],
    });
  });

  test("a session is taken up again from what was kept, by a client without a valid key", async () => {
    const { session, browser, peer } = await startSession(running, () => ({ result: { title: "Kept" } }));
    const lost = new Promise((resolve) => browser.on("lost", resolve));
    const { sessionId, workerToken, websocketUrl } = session;
    const again = await new Passage({ apiKey: "psg_test_other" }).sessions.connect({
      sessionId,
      workerToken,
      websocketUrl,
    });
    expect(await lost).toMatchObject({ code: "replaced" });
    expect(await failure(browser.title())).toMatchObject({ code: "replaced", command: "title" });
    expect(await again.title()).toEqual({ title: "Kept" });
    expect(again.sessionId).toBe(sessionId);
    await again.complete();
    await peer.message("server.session_end", ({ phase }) => phase === "complete");
  });

  test("what an earlier process left waiting does not hold up the one after it", { timeout: 5_000 }, async () => {
    const { session, browser, peer, asked } = await startSession(running, ({ command }) =>
      command === "yield" ? null : { result: { title: "Mine" } },
    );
    const left = failure(browser.yieldToUser({ conditions: [{ type: "userDone" }] }));
    await expect.poll(() => asked.length).toBe(1);
    const again = await session.connect();
    expect(await left).toMatchObject({ code: "replaced", command: "yieldToUser" });
    const title = again.title();
    expect((await peer.message("server.cancel")).id).toBe(asked[0]?.id);
    expect(await title).toEqual({ title: "Mine" });
    again.close();
  });

  test("another worker's token is invalid_token, an unknown session not_found", { timeout: 10_000 }, async () => {
    const { sessions } = passageOf(running);
    const [one, other] = await Promise.all([sessions.create(), sessions.create()]);
    const stored = { sessionId: one.sessionId, workerToken: one.workerToken, websocketUrl: one.websocketUrl };
    const foreign = failure(sessions.connect({ ...stored, workerToken: other.workerToken }));
    const unknown = failure(
      sessions.connect({ ...stored, websocketUrl: one.websocketUrl.replace(one.sessionId, "sess_unknown") }),
    );
    expect(await foreign).toMatchObject({ code: "invalid_token", status: undefined });
    expect(await unknown).toMatchObject({ code: "not_found" });
  });

  test("connecting to one that is over tells how it ended", async () => {
    const { session, browser } = await startSession(running, done);
    await browser.complete({ answer: 42 });
    expect(await failure(session.connect())).toMatchObject({
      code: "session_terminal",
      command: "connect",
      details: { phase: "complete" },
    });
  });

  test("a session whose time is over ends what waits", async () => {
    const { browser, peer } = await startSession(running, () => null, { sessionDurationMs: 1_000 });
    const end = new Promise((resolve) => browser.on("end", resolve));
    expect(await failure(browser.click({ selector: "a" }))).toMatchObject({
      code: "session_expired",
      command: "click",
      details: { phase: "expired", error: { code: "CLIENT_TIMEOUT" } },
    });
    expect(await end).toMatchObject({ phase: "expired", error: { code: "CLIENT_TIMEOUT" } });
    peer.socket.terminate();
  });

  test("the WebSocket of the ws package serves where the platform has none", async () => {
    const passage = new Passage({ apiKey: running.testKey as string, baseUrl: running.url, webSocket: WebSocket });
    const session = await passage.sessions.create();
    const browser = await session.connect();
    await device(session, () => ({ result: { title: "By ws" } }));
    expect(await browser.title()).toEqual({ title: "By ws" });
    await browser.complete();
    const { sessionId, websocketUrl } = session;
    const refused = passage.sessions.connect({ sessionId, websocketUrl, workerToken: session.workerToken });
    expect(await failure(refused)).toMatchObject({ code: "session_terminal" });
  });

  test("neither tokens nor the key show up in an inspection, JSON or an error", async () => {
    const passage = passageOf(running);
    const session = await passage.sessions.create();
    const browser = await session.connect();
    const pending = failure(browser.fill({ selector: "#card", value: "4111" }));
    const replacing = await session.connect();
    const errors = [await pending, await failure(browser.title())];
    const shown = [passage, passage.sessions, session, browser, replacing, ...errors]
      .flatMap((value) => [
        inspect(value, { depth: null, showHidden: true, getters: true }),
        JSON.stringify(value),
        String(value),
      ])
      .join();
    for (const secret of [running.testKey as string, session.workerToken, session.clientToken, "4111"])
      expect(shown).not.toContain(secret);
    expect(inspect(session)).toContain(session.sessionId);
    replacing.close();
  });
});
