import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Link } from "@passage/protocol/http/link";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getLink, request } from "../harness/api.ts";
import { playLink } from "../harness/completed-link.ts";
import { connectWorker } from "../harness/developer-session.ts";
import { type Running, removeFolder, startPassage } from "../harness/passage-process.ts";
import { startReceiver } from "../harness/receiver.ts";
import { runPassage } from "../harness/run-passage.ts";
import { scriptedDevice } from "../harness/scripted-device.ts";
import { tmobileScript } from "../harness/tmobile-script.ts";
import { listEvents } from "../harness/webhooks.ts";
import { notesOf, openFixture, releases } from "./data-folder.ts";
import { absentReceiver, pendingRequest } from "./fixture.ts";

describe.each(releases)("a data folder of %s, killed in the middle of its work", (release) => {
  const notes = notesOf(release);
  let passage: Running;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let data: string;

  beforeAll(async () => {
    receiver = await startReceiver();
    data = openFixture(release, receiver.url);
    passage = {
      ...(await startPassage({ data, port: Number(new URL(notes.session.websocketUrl).port) })),
      testKey: notes.testKey,
    };
  });
  afterAll(async () => {
    await passage.stop();
    await receiver.stop();
    removeFolder(data);
  });

  /** A session's address on this server. */
  function here<T extends { websocketUrl: string }>(session: T): T {
    const { pathname } = new URL(session.websocketUrl);
    return { ...session, websocketUrl: passage.url.replace(/^http/, "ws") + pathname };
  }

  test.each(Object.entries(notes.links))("the %s link is what it was", async (_, noted) => {
    expect(timeless(await getLink(passage, noted.id))).toMatchObject(timeless(noted));
  });

  test("a creation that is repeated with its Idempotency-Key returns the link that it made", async () => {
    const body = { integrationId: "tmobile", resource: "mobileBillingStatement", action: "read", ...pendingRequest };
    const headers = { "idempotency-key": notes.idempotencyKey };
    expect(
      await request(passage, "POST", "/v1/links", { ...body, webhookUrl: absentReceiver }, { headers }),
    ).toMatchObject({
      status: 201,
      body: { linkId: notes.pending.linkId, claimCode: notes.pending.claimCode },
    });
  });

  test("a developer's session goes on where its person was", async () => {
    const session = here(notes.session);
    const worker = await connectWorker(session);
    const matched = { matched: true, condition: 0, url: "https://example.com/done" };
    await scriptedDevice(session, ({ command }) => (command === "yield" ? { result: matched } : null));
    const answer = await worker.message("server.command_result", ({ id }) => id === notes.yieldId);
    expect(answer).toMatchObject({ result: matched });
    worker.send({ type: "worker.complete", result: { done: true } });
    expect(await worker.message("server.session_end")).toMatchObject({ phase: "complete" });
  });

  test("a link whose person was signing in completes, after another claim where its provider was updated since", async () => {
    const { link, claimed } = notes.signingIn;
    const found = await getLink(passage, link.linkId);
    if (found.status === "active") {
      const device = await scriptedDevice(here(claimed), tmobileScript);
      await device.message("server.session_end");
    } else {
      expect(found).toMatchObject({ status: "failed", error: { details: { reason: "replay_diverged" } } });
      await playLink(passage, link);
    }
    expect(await getLink(passage, link.linkId)).toMatchObject({ status: "complete", error: null });
  });

  test.each(["pending", "reusable"] as const)("the %s link can be claimed and completes", async (name) => {
    await playLink(passage, notes[name]);
    expect(await getLink(passage, notes.links[name].id)).toMatchObject({ status: "complete" });
  });

  test("every event that was not delivered arrives", async () => {
    const events = (await listEvents(passage, "limit=100")).filter(({ type }) => type !== "link.expired");
    const ended = Object.values(notes.links).filter(({ status }) => status === "complete" || status === "failed");
    for (const { id } of ended) expect(events.map(({ linkId }) => linkId)).toContain(id);
    const arrived = (await receiver.count(events.length)).map(({ body }) => JSON.parse(body).id);
    expect(arrived.sort()).toEqual(events.map(({ id }) => id).sort());
  });
});

/** What a link says beside its times, which a fixture moves. */
function timeless({ expiresAt, createdAt, updatedAt, cancelledAt, ...link }: Link) {
  return { ...link, isCancelled: cancelledAt !== null };
}

test("an upgrade says what it migrates; a folder and a backup of a newer release are refused and left as they are", async () => {
  const data = openFixture(releases[0] ?? "");
  const upgraded = await startPassage({ data });
  expect(upgraded.output.join("\n")).toMatch(/schema \d+\.\d+\.\d+: objects are migrated from 0\.0\.0/);
  await upgraded.stop();
  const own = readFileSync(join(data, "schema.json"), "utf8");
  const newer = JSON.stringify({ ...JSON.parse(own), organization: 99 });
  writeFileSync(join(data, "schema.json"), newer);
  const files = () => globSync("**/*", { cwd: data }).sort();
  const before = files();
  const refused = await runPassage(["start", "--port", "0", "--data", data]);
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("written by a newer release") });
  expect(refused.stderr.trim().split("\n")).toHaveLength(1);
  expect(files()).toEqual(before);
  expect(readFileSync(join(data, "schema.json"), "utf8")).toBe(newer);
  const backup = join(dirname(data), "backup");
  expect(await runPassage(["backup", backup, "--data", data])).toMatchObject({ status: 0 });
  const target = join(dirname(data), "restored");
  const restored = await runPassage(["restore", backup, "--data", target]);
  expect(restored).toMatchObject({ status: 1, stderr: expect.stringContaining("written by a newer release") });
  expect(existsSync(target)).toBe(false);
  const { stdout } = await runPassage(["doctor", "--json", "--data", data, "--port", "0"]);
  const { findings } = JSON.parse(stdout) as { findings: { about: string; state: string }[] };
  expect(findings.find(({ about }) => about === "schema")).toMatchObject({ state: "fault" });
  removeFolder(dirname(data));
});

test("a backup of an older release restores, and its links go on", async () => {
  const release = releases[0] ?? "";
  const notes = notesOf(release);
  const data = openFixture(release);
  const backup = join(dirname(data), "backup");
  expect(await runPassage(["backup", backup, "--data", data])).toMatchObject({ status: 0 });
  const target = join(dirname(data), "restored");
  expect(await runPassage(["restore", backup, "--data", target])).toMatchObject({ status: 0 });
  const passage = { ...(await startPassage({ data: target })), testKey: notes.testKey };
  await playLink(passage, notes.pending);
  expect(await getLink(passage, notes.pending.linkId)).toMatchObject({ status: "complete" });
  await passage.stop();
  removeFolder(dirname(data));
});
