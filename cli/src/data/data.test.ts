import { appendFileSync, chmodSync, copyFileSync, existsSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Organization } from "@passage/protocol/http/organization";
import { afterAll, expect, test, vi } from "vitest";
import { createLink, getLink, request } from "../../../test/harness/api.ts";
import { endedLink, playLink } from "../../../test/harness/completed-link.ts";
import { asOperator, asOrganization } from "../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../test/harness/organization-databases.ts";
import { removeFolder, startPassage, temporaryFolder } from "../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { runPassage } from "../../../test/harness/run-passage.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { createEndpoint } from "../../../test/harness/webhooks.ts";
import { wakeAll } from "./databases.ts";

// Each command is a process of its own, and a test runs up to ten.
vi.setConfig({ testTimeout: 120_000 });

const passage = usePassage();
const folder = temporaryFolder();
const path = (name: string) => join(folder, name);
afterAll(() => removeFolder(folder));

test("a backup of a running server is restored: links, results, keys, and webhooks that were on their way", async () => {
  const receiver = await startReceiver(() => 500);
  const done = await endedLink(passage, { webhookUrl: receiver.url });
  const open = await createLink(passage);
  const before = await getLink(passage, done.linkId);
  await receiver.count(1);

  const file = path("backup.tar.gz");
  const backup = await runPassage(["backup", file, "--json", "--data", passage.data]);
  expect(backup).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(backup.stdout)).toMatchObject({ file, bytes: statSync(file).size });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const later = await createLink(passage);
  await receiver.stop();

  const restored = path("restored");
  const restore = await runPassage(["restore", file, "--data", restored]);
  expect(restore).toMatchObject({ status: 0, stdout: expect.stringContaining(`start --data ${restored}`) });
  const second = { ...(await startPassage({ data: restored })), testKey: passage.testKey };
  expect(await getLink(second, done.linkId)).toEqual(before);
  expect((await request(second, "GET", `/v1/links/${later.linkId}`)).status).toBe(404);
  await playLink(second, open);
  expect(await getLink(second, open.linkId)).toMatchObject({ status: "complete", error: null });
  const [event] = (await request<{ events: { id: string }[] }>(second, "GET", `/v1/events?linkId=${done.linkId}`)).body
    .events;
  const attempts = async () => {
    const { body } = await request<{ deliveries: { attempts: unknown[] }[] }>(second, "GET", `/v1/events/${event?.id}`);
    return body.deliveries[0]?.attempts.length ?? 0;
  };
  await expect.poll(attempts, { timeout: 20_000 }).toBeGreaterThan(1);
  await second.stop();
});

test("backups taken while links complete are whole, each of them", async () => {
  const work = Promise.all(Array.from({ length: 6 }, () => endedLink(passage)));
  for (const name of ["one", "two", "three"]) {
    const file = path(`${name}.tar.gz`);
    expect(await runPassage(["backup", file, "--data", passage.data])).toMatchObject({ status: 0, stderr: "" });
    expect(await runPassage(["restore", file, "--data", path(name)])).toMatchObject({ status: 0 });
  }
  await work;
});

test("nothing is overwritten: neither a backup nor a folder that holds something", async () => {
  const file = path("kept.tar.gz");
  await runPassage(["backup", file, "--data", passage.data]);
  const again = await runPassage(["backup", file, "--data", passage.data]);
  expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining("exists already") });
  const over = await runPassage(["restore", file, "--data", passage.data]);
  expect(over).toMatchObject({ status: 1, stderr: expect.stringContaining("is not empty") });
  const none = await runPassage(["backup", path("none.tar.gz"), "--data", path("none")]);
  expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining("is no data folder") });
  expect(existsSync(path("none.tar.gz"))).toBe(false);
});

test("a damaged backup is refused and leaves nothing behind", async () => {
  const file = path("good.tar.gz");
  await runPassage(["backup", file, "--data", passage.data]);
  const cut = path("cut.tar.gz");
  copyFileSync(file, cut);
  chmodSync(cut, 0o600);
  truncateSync(cut, Math.floor(statSync(cut).size / 2));
  const noise = path("noise.tar.gz");
  appendFileSync(noise, "this is no backup");
  for (const bad of [cut, noise]) {
    const { status, stderr } = await runPassage(["restore", bad, "--data", path("bad")]);
    expect(status).toBe(1);
    expect(stderr).not.toBe("");
    expect(existsSync(path("bad"))).toBe(false);
  }
  rmSync(noise);
});

test("an object whose alarm was copied before its data wakes all the same", async () => {
  const receiver = await startReceiver(() => 500);
  await endedLink(passage, { webhookUrl: receiver.url });
  await receiver.count(1);
  const file = path("asleep.tar.gz");
  await runPassage(["backup", file, "--data", passage.data]);
  await receiver.stop();
  const folder = path("asleep");
  await runPassage(["restore", file, "--data", folder]);
  const alarms = new DatabaseSync(join(folder, "objects/organization/metadata.sqlite"));
  // As a copy from before the delivery was due: no object has an alarm, and wakeAll is all that there is.
  alarms.exec("DELETE FROM _cf_ALARM");
  alarms.close();
  expect(wakeAll(folder)).toBeGreaterThan(0);
  const restored = await startPassage({ data: folder });
  await restored.line("webhook.missed");
  await restored.stop();
});

test("link shards that were copied at other moments than their head have its settings again", async () => {
  const { shardTags } = (
    await asOperator<Organization>(passage, "POST", "/operator/organizations", { id: "spread", linkShards: 3 })
  ).body;
  const owner = await asOrganization(passage, "spread");
  await createEndpoint(owner, { url: "https://hooks.example.com/in" });
  const file = path("spread.tar.gz");
  await runPassage(["backup", file, "--data", passage.data]);
  const first = path("spread");
  await runPassage(["restore", file, "--data", first]);
  const shardsIn = (data: string) =>
    organizationDatabases({ data })
      .map((name) => new DatabaseSync(name))
      .filter((one) => shardTags.test.slice(1).includes(String(one.prepare("SELECT tag FROM identity").get()?.tag)));
  // One is older than its head, one is newer, as if the endpoint had been made or deleted while they were copied.
  for (const [index, one] of shardsIn(first).entries()) {
    one.exec(
      `DELETE FROM webhook_endpoints; UPDATE identity SET settings_version = settings_version + ${20 * index - 10}`,
    );
    one.close();
  }
  const skewed = path("skewed.tar.gz");
  await runPassage(["backup", skewed, "--data", first]);
  const second = path("skewed");
  await runPassage(["restore", skewed, "--data", second]);
  const restored = await startPassage({ data: second });
  const endpoints = () =>
    shardsIn(second).map((one) => {
      const { length } = one.prepare("SELECT id FROM webhook_endpoints").all();
      one.close();
      return length;
    });
  await expect.poll(endpoints, { timeout: 20_000 }).toEqual([1, 1]);
  await restored.stop();
  expect(restored.output.filter((line) => /xception|was deleted/.test(line))).toEqual([]);
});
