import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LinkDetails } from "@passage/protocol/http/claim";
import type { AttemptList, Link, LinkList } from "@passage/protocol/http/link";
import { expect, test } from "vitest";
import { claim, createLink, getLink, request } from "../../../test/harness/api.ts";
import { playLink } from "../../../test/harness/completed-link.ts";
import { declaredNameOf } from "../../../test/harness/declared-script.ts";
import { asOrganization } from "../../../test/harness/operator.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import { scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { expectedBilling, tmobileScript } from "../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

const claimStatus = async (code: string) =>
  (await request(passage, "POST", "/link/claim", { code }, { key: null })) as {
    status: number;
    body: { code: string };
  };

const attemptsOf = async (owner: Running, id: string) =>
  (await request<AttemptList>(owner, "GET", `/v1/links/${id}/attempts`)).body.attempts;

test("[L4][L9] a cancelled link is expired, says when it was cancelled, and cannot be claimed", async () => {
  const link = await createLink(passage);
  const cancelled = await request<Link>(passage, "POST", `/v1/links/${link.linkId}/cancel`);
  expect(cancelled).toMatchObject({
    status: 200,
    body: { status: "expired", cancelledAt: expect.any(Number), error: null },
  });
  expect(await claimStatus(link.claimCode)).toMatchObject({ status: 410, body: { code: "link_expired" } });
  const again = await request<Link>(passage, "POST", `/v1/links/${link.linkId}/cancel`);
  expect(again.body).toEqual(cancelled.body);
});

test("[N11] the claim page can know that a link was cancelled: by its details, and by its status socket", async () => {
  const { linkId, claimCode } = await createLink(passage);
  const details = async () =>
    (await request<LinkDetails>(passage, "GET", `/link/details?code=${claimCode}`, undefined, { key: null })).body;
  expect(await details()).toMatchObject({ status: "pending", cancelledAt: null });
  const socket = new WebSocket(`${passage.url.replace("http", "ws")}/link/ws?code=${claimCode}`);
  const seen: object[] = [];
  socket.addEventListener("message", ({ data }) => seen.push(JSON.parse(String(data))));
  const closed = once(socket, "close");
  await expect.poll(() => seen).toMatchObject([{ status: "pending" }]);
  expect(seen[0]).not.toHaveProperty("cancelledAt");
  const { cancelledAt } = (await request<Link>(passage, "POST", `/v1/links/${linkId}/cancel`)).body;
  await closed;
  expect(seen.at(-1)).toMatchObject({ status: "expired", cancelledAt });
  expect(await details()).toMatchObject({ status: "expired", cancelledAt });
});

test("[L9] cancelling a link that is under way ends its session; its attempt stays to be seen", async () => {
  const link = await createLink(passage);
  const device = await scriptedDevice(await claim(passage, link.claimCode), () => null);
  await request(passage, "POST", `/v1/links/${link.linkId}/cancel`);
  expect(await device.message("server.session_end")).toMatchObject({ phase: "failed", error: { code: "cancelled" } });
  expect(await getLink(passage, link.linkId)).toMatchObject({ status: "expired", result: null });
  expect(await attemptsOf(passage, link.linkId)).toMatchObject([{ status: "failed", error: { code: "cancelled" } }]);
});

test("[L10] a complete link cannot be cancelled", async () => {
  const link = await createLink(passage);
  await playLink(passage, link);
  const refused = await request(passage, "POST", `/v1/links/${link.linkId}/cancel`);
  expect(refused).toMatchObject({ status: 409, body: { code: "link_already_used" } });
});

test("[L3] a reusable link is claimed again after success, and each attempt has its result", async () => {
  const link = await createLink(passage, { reusable: true });
  await playLink(passage, link);
  await playLink(passage, link);
  expect(await getLink(passage, link.linkId)).toMatchObject({
    status: "complete",
    result: { billing: expectedBilling },
  });
  const attempts = await attemptsOf(passage, link.linkId);
  expect(attempts.map(({ status, result }) => [status, result])).toEqual([
    ["complete", { billing: expectedBilling }],
    ["complete", { billing: expectedBilling }],
  ]);
});

test("[L7] a failed attempt is kept beside the one that follows it", async () => {
  const link = await createLink(passage, { arguments: { limit: 2 } });
  const failing = await scriptedDevice(await claim(passage, link.claimCode), (asked) =>
    declaredNameOf(asked) === "account"
      ? { error: { code: "navigation_failed", message: "refused" } }
      : tmobileScript(asked),
  );
  await failing.message("server.session_end");
  await expect
    .poll(() => getLink(passage, link.linkId))
    .toMatchObject({
      status: "failed",
      error: {
        code: "AUTOMATION_ERROR",
        details: { operation: "mobileBillingStatement:read", reason: "site_down" },
      },
    });
  await playLink(passage, link);
  const attempts = await attemptsOf(passage, link.linkId);
  expect(attempts.map(({ status }) => status)).toEqual(["complete", "failed"]);
});

test("when a later operation fails, what was finished is there for whoever asks", async () => {
  const read = { resource: "mobileBillingStatement", action: "read" };
  const { body: link } = await request<{ linkId: string; claimCode: string }>(passage, "POST", "/v1/links", {
    integrationId: "tmobile",
    operations: [read, read],
  });
  let navigations = 0;
  let reads = 0;
  const device = await scriptedDevice(await claim(passage, link.claimCode), (asked) => {
    const opensAccount = declaredNameOf(asked) === "account";
    if (opensAccount) navigations += 1;
    if (asked.command === "read") reads += 1;
    // The first operation reads the list and the data set; the second is refused its page.
    return opensAccount && reads >= 2
      ? { error: { code: "navigation_failed", message: "refused" } }
      : tmobileScript(asked);
  });
  await device.message("server.session_end");
  await expect.poll(() => getLink(passage, link.linkId)).toMatchObject({ status: "failed", result: null });
  expect(await getLink(passage, link.linkId)).not.toHaveProperty("partial");
  const { body } = await request<Link>(passage, "GET", `/v1/links/${link.linkId}?include=partial`);
  expect(navigations).toBeGreaterThan(1);
  expect(body.partial).toEqual({ operations: [{ ...read, data: { billing: expectedBilling } }] });
});

test("a deleted link is gone with its attempts; its device is sent away", async () => {
  const link = await createLink(passage);
  const device = await scriptedDevice(await claim(passage, link.claimCode), () => null);
  expect(await request(passage, "DELETE", `/v1/links/${link.linkId}`)).toMatchObject({
    status: 200,
    body: { id: link.linkId, deleted: true },
  });
  await device.message("server.session_end");
  for (const path of ["", "/attempts"])
    expect((await request(passage, "GET", `/v1/links/${link.linkId}${path}`)).status).toBe(404);
  expect((await claimStatus(link.claimCode)).status).toBe(404);
});

test("lists are filtered by status, provider, user and time, alone and together", async () => {
  const owner = await asOrganization(passage, "filters");
  const first = await createLink(owner, { externalUserId: "ann" });
  await expect.poll(() => Date.now()).toBeGreaterThan(first.createdAt + 1);
  const second = await createLink(owner, { externalUserId: "bob", metadata: { order: 7 } });
  await request(owner, "POST", `/v1/links/${second.linkId}/cancel`);
  const list = async (query: string) =>
    (await request<LinkList>(owner, "GET", `/v1/links?${query}`)).body.links.map(({ id }) => id);
  const [one, two] = [first.linkId, second.linkId];
  expect(await list("externalUserId=ann")).toEqual([one]);
  expect(await list("status=pending")).toEqual([one]);
  expect(await list("status=expired&externalUserId=bob")).toEqual([two]);
  expect(await list("status=pending&externalUserId=bob")).toEqual([]);
  expect(await list("integrationId=tmobile")).toEqual([two, one]);
  expect(await list("integrationId=att")).toEqual([]);
  expect(await list(`createdAfter=${first.createdAt}`)).toEqual([two]);
  expect(await list(`createdAfter=${first.createdAt - 1}`)).toEqual([two, one]);
  expect(await list(`createdAfter=${second.createdAt}`)).toEqual([]);
  expect((await getLink(owner, two)).metadata).toEqual({ order: 7 });
});

test("[L8] the alarm expires a link on time, with nobody reading it", async () => {
  const link = await createLink(passage, { expiresIn: 1 });
  const socket = new WebSocket(`${passage.url.replace("http", "ws")}/link/ws?code=${link.claimCode}`);
  const heard: { status: string; ts: number }[] = [];
  socket.addEventListener("message", ({ data }) => heard.push(JSON.parse(String(data))));
  await expect.poll(() => heard.at(-1)?.status, { timeout: 5_000 }).toBe("expired");
  expect((heard.at(-1)?.ts ?? 0) - link.expiresAt).toBeLessThan(500);
});

test("[L11] arguments are nowhere in the clear, neither in the organization nor in the session", async () => {
  const owner = await asOrganization(passage, "sealed");
  const before = new Set(databases(passage, "organization"));
  const fresh = await asOrganization(passage, "sealed-alone");
  const link = await createLink(fresh, { arguments: { limit: 17 }, externalUserId: "visible" });
  expect(owner.testKey).not.toBe(fresh.testKey);
  const own = databases(passage, "organization").filter((file) => !before.has(file));
  const text = () => own.map(contents).join("");
  await expect.poll(text).toContain("visible");
  expect(text()).not.toContain('"limit":17');
  await playLink(fresh, link);
  expect(await getLink(fresh, link.linkId)).toMatchObject({ result: { billing: expectedBilling } });
  const sessions = databases(passage, "session");
  expect(sessions.length).toBeGreaterThan(0);
  for (const file of sessions) expect(contents(file), file).not.toContain('"limit":17');
});

function databases(running: Running, kind: string): string[] {
  const folder = join(running.data, "objects", kind);
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** What a file holds. The platform deletes the log of a database when its object goes to sleep. */
function contents(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
