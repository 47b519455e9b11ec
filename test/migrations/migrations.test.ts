import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../cli/src/runtime/port.ts";
import { getLink } from "../harness/api.ts";
import { playLink } from "../harness/completed-link.ts";
import { removeFolder, startPassage } from "../harness/passage-process.ts";
import { startReceiver } from "../harness/receiver.ts";
import { runPassage } from "../harness/run-passage.ts";
import { notesOf, openFixture, releases } from "./data-folder.ts";
import { startUpgraded, type Upgraded, unfinishedWork } from "./upgraded.ts";

describe.each(releases)("a data folder of %s, killed in the middle of its work", (release) => {
  let upgraded: Upgraded;

  beforeAll(async () => {
    const [receiver, port] = [await startReceiver(), await freePort()];
    const data = openFixture(release, { receiver: receiver.url, port });
    upgraded = await startUpgraded(release, { data, port, receiver });
  });
  afterAll(async () => {
    const { passage, receiver } = upgraded;
    await passage.stop();
    await receiver.stop();
    removeFolder(dirname(passage.data));
  });

  test.each(Object.entries(unfinishedWork))("%s", (_, goesOn) => goesOn(upgraded));

  test("no event arrives twice", () => {
    const ids = upgraded.receiver.deliveries.map(({ body }) => JSON.parse(body).id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test("an upgrade says what it migrates", async () => {
  const data = openFixture(releases[0] ?? "");
  const upgraded = await startPassage({ data });
  expect(upgraded.output.join("\n")).toMatch(/schema \d+\.\d+\.\d+: objects are migrated from 0\.0\.0/);
  await upgraded.stop();
  removeFolder(dirname(data));
});

test.each(releases)("a backup of a folder of %s restores, and its links go on", async (release) => {
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
