import { DatabaseSync } from "node:sqlite";
import type { ProviderHealth } from "@passage/protocol/http/provider";
import { providers } from "@passage/providers/catalog";
import type { Provider } from "@passage/providers/define";
import { expect, test } from "vitest";
import { createLink, getLink, request } from "../../../test/harness/api.ts";
import { endedLink, givesUp } from "../../../test/harness/completed-link.ts";
import { declaredNameOf } from "../../../test/harness/declared-script.ts";
import { asOrganization, newKey } from "../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../test/harness/organization-databases.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import type { Script } from "../../../test/harness/scripted-device.ts";
import { tmobileScript } from "../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
const tmobile = providers.find(({ id }) => id === "tmobile") as Provider;
const { version } = tmobile;
const bills = { resource: "mobileBillingStatement", action: "read" };
const wallet = { resource: "paymentMethod", action: "read" };
const none = { runs: 0, success: 0, userGaveUp: 0, siteChanged: 0, schemaDrift: 0, otherFailures: 0 };
const never = { ...none, latency: null, lastRunAt: null };

async function healthOf(owner: Running, id = "tmobile"): Promise<ProviderHealth> {
  const { status, body } = await request<ProviderHealth>(owner, "GET", `/v1/providers/${id}/health`);
  expect(status).toBe(200);
  return body;
}

const operationIn = ({ operations }: ProviderHealth, { resource, action }: typeof bills) =>
  operations.find((one) => one.resource === resource && one.action === action && one.version === version);

const failsAt =
  (name: string, code: string): Script =>
  (asked) =>
    declaredNameOf(asked) === name ? { error: { code, message: "as asked" } } : tmobileScript(asked);

const drifts =
  (seen: "absent" | "text"): Script =>
  (asked) =>
    declaredNameOf(asked) === "bills"
      ? { result: { status: "ok", data: null, drift: [{ at: "responseCode", expected: "100", seen, count: 1 }] } }
      : tmobileScript(asked);

test("before the first run every operation of the current version is there, with nothing counted", async () => {
  const health = await healthOf(await asOrganization(passage, "quiet"));
  expect(health).toEqual({
    id: "tmobile",
    version,
    operations: tmobile.operations.map(({ resource, action }) => ({ resource, action, version, ...never })),
  });
});

test("each way a run ends is counted once, where its link hears of it", async () => {
  const owner = await asOrganization(passage, "runs");
  const startedAt = Date.now();
  await endedLink(owner);
  await endedLink(owner);
  await endedLink(owner, {}, givesUp);
  await endedLink(owner, {}, drifts("text"));
  await endedLink(owner, {}, drifts("absent"));
  await endedLink(owner, {}, failsAt("account", "navigation_failed"));
  const counted = operationIn(await healthOf(owner), bills);
  expect(counted).toEqual({
    ...bills,
    version,
    runs: 6,
    success: 2,
    userGaveUp: 1,
    siteChanged: 1,
    schemaDrift: 1,
    otherFailures: 1,
    latency: { medianMs: expect.any(Number), p95Ms: expect.any(Number) },
    lastRunAt: expect.any(Number),
  });
  const { medianMs = -1, p95Ms = -1 } = counted?.latency ?? {};
  expect(medianMs).toBeGreaterThan(0);
  expect(p95Ms).toBeGreaterThanOrEqual(medianMs);
  // Buckets are at most twice as wide as where they begin.
  expect(p95Ms).toBeLessThan(Math.max(100, 2.5 * (Date.now() - startedAt)));
  expect(counted?.lastRunAt).toBeGreaterThanOrEqual(startedAt);
  expect(operationIn(await healthOf(owner), wallet)).toMatchObject(never);
  expect(operationIn(await healthOf(await asOrganization(passage, "neighbour")), bills)).toMatchObject(never);
  const live = { ...owner, testKey: (await newKey(passage, { organization: "runs", mode: "live" })).key };
  expect(operationIn(await healthOf(live), bills)).toMatchObject(never);
});

test("of several operations those before the failed one succeeded, and only whole links of one are timed", async () => {
  const owner = await asOrganization(passage, "several");
  const { linkId } = await endedLink(owner, { integrationId: "tmobile", operations: [bills, wallet] });
  expect((await getLink(owner, linkId)).error?.details).toMatchObject({ operation: "paymentMethod:read" });
  const health = await healthOf(owner);
  expect(operationIn(health, bills)).toMatchObject({ ...none, runs: 1, success: 1, latency: null });
  expect(operationIn(health, wallet)).toMatchObject({ runs: 1, success: 0, latency: null });
});

test("a link that ends without a device was no run", async () => {
  const owner = await asOrganization(passage, "completed");
  const { linkId } = await createLink(owner);
  await request(owner, "POST", `/v1/sandbox/links/${linkId}/complete`, {});
  expect((await getLink(owner, linkId)).status).toBe("complete");
  expect(operationIn(await healthOf(owner), bills)).toMatchObject(never);
});

test("an earlier version keeps its own numbers, after the current ones", async () => {
  const before = new Set(organizationDatabases(passage));
  const owner = await asOrganization(passage, "older");
  await endedLink(owner);
  for (const path of organizationDatabases(passage).filter((one) => !before.has(one))) {
    const database = new DatabaseSync(path);
    database.exec("UPDATE provider_health SET version = version - 1, site_changed = 7");
    database.close();
  }
  await endedLink(owner);
  const { operations } = await healthOf(owner);
  expect(operations).toHaveLength(tmobile.operations.length + 1);
  expect(operationIn({ id: "", version, operations }, bills)).toMatchObject({ runs: 1, success: 1 });
  expect(operations.at(-1)).toMatchObject({ ...bills, version: version - 1, runs: 8, success: 1, siteChanged: 7 });
});

test("a provider that is not there is not found, and the key needs links:read", async () => {
  const { status, body } = await request(passage, "GET", "/v1/providers/nobody/health");
  expect({ status, body }).toMatchObject({ status: 404, body: { code: "not_found" } });
  const { key } = await newKey(passage, { scopes: ["keys:*"] });
  expect(await request(passage, "GET", "/v1/providers/tmobile/health", undefined, { key })).toMatchObject({
    status: 403,
    body: { code: "insufficient_scope" },
  });
});
