import { DatabaseSync } from "node:sqlite";
import { linkEvent } from "@passage/protocol/events";
import { maxResultBytes } from "@passage/protocol/http/fields";
import type { SessionList } from "@passage/protocol/http/session";
import { expect, test } from "vitest";
import { claim, createLink, getLink, request } from "../../../test/harness/api.ts";
import { endedLink, givesUp, playLink } from "../../../test/harness/completed-link.ts";
import { echo, openBoth } from "../../../test/harness/developer-session.ts";
import { asOrganization } from "../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../test/harness/organization-databases.ts";
import { historyOf, readHistory } from "../../../test/harness/read-history-script.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { tmobileScript } from "../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { getEvent, listEvents } from "../../../test/harness/webhooks.ts";

const passage = usePassage();

test("[S18] whoever is told the end of an attempt can claim its link at once", { timeout: 60_000 }, async () => {
  const link = await createLink(passage);
  for (let round = 0; round < 15; round++) {
    // Claims at once when the round before was told its end; throws on 409.
    await playLink(passage, link, givesUp);
    const { status, error } = await getLink(passage, link.linkId);
    expect({ status, reason: error?.details?.reason }).toEqual({ status: "failed", reason: "user_gave_up" });
  }
  await playLink(passage, link);
  expect((await getLink(passage, link.linkId)).status).toBe("complete");
});

test("[S18] while the link cannot be written nobody is told; then all are", { timeout: 30_000 }, async () => {
  const before = new Set(organizationDatabases(passage));
  const owner = await asOrganization(passage, "unwritable");
  const link = await createLink(owner);
  const made = organizationDatabases(passage).filter((path) => !before.has(path));
  const databases = made.map((path) => new DatabaseSync(path));
  const inEach = (statement: string) => {
    for (const database of databases) database.exec(statement);
  };
  let isLocked = false;
  const claimed = await claim(owner, link.claimCode);
  const phase = async () => (await request(owner, "GET", `/v1/sessions/${claimed.sessionId}`)).body.phase;
  const device = await scriptedDevice(claimed, (asked) => {
    if (!isLocked) inEach("BEGIN IMMEDIATE");
    isLocked = true;
    return tmobileScript(asked);
  });
  await expect.poll(() => phase(), { timeout: 15_000 }).toBe("complete");
  expect(device.received.map(({ type }) => type)).not.toContain("server.session_end");
  inEach("ROLLBACK");
  await device.message("server.session_end");
  expect((await getLink(owner, link.linkId)).status).toBe("complete");
});

test("[S57] a result of nearly the limit is read, logged and delivered whole", async () => {
  const receiver = await startReceiver();
  const length = maxResultBytes - 1_000;
  const link = await endedLink(passage, { ...readHistory, webhookUrl: receiver.url }, historyOf(length));
  const { result } = await getLink(passage, link.linkId);
  const text = JSON.stringify(result);
  expect(text.length).toBeGreaterThan(length);
  const [delivered] = await receiver.count(1);
  // Compared as texts: a failure of this size is better not printed.
  expect(JSON.stringify(linkEvent.parse(JSON.parse(delivered?.body ?? "")).result) === text).toBe(true);
  expect(Buffer.byteLength(delivered?.body ?? "")).toBeLessThan(1_048_576);
  const [event] = await listEvents(passage, `linkId=${link.linkId}`);
  expect(JSON.stringify((await getEvent(passage, event?.id ?? "")).data.result) === text).toBe(true);
});

test("[S57] a result over the limit fails the link, with both sizes", async () => {
  const link = await endedLink(passage, readHistory, historyOf(maxResultBytes));
  const { status, result, error } = await getLink(passage, link.linkId);
  expect({ status, result }).toEqual({ status: "failed", result: null });
  expect(error).toMatchObject({ code: "RESULT_VALIDATION_ERROR", details: { reason: "result_too_large" } });
  expect(error?.details?.limit).toBe(maxResultBytes);
  expect(error?.details?.bytes).toBeGreaterThan(maxResultBytes);
});

test("[S57] a worker's result over the limit is refused, and a smaller one completes", async () => {
  const { session, worker } = await openBoth(passage, echo);
  worker.send({ type: "worker.complete", result: "r".repeat(maxResultBytes) });
  expect(await worker.message("server.error")).toMatchObject({ code: "payload_too_large" });
  // The dearest text to keep: each of its characters is escaped twice.
  const result = '"'.repeat(maxResultBytes / 2 - 1);
  worker.send({ type: "worker.complete", result });
  expect(await worker.message("server.session_end")).toMatchObject({ phase: "complete" });
  const { body } = await request(passage, "GET", `/v1/sessions/${session.sessionId}`);
  expect(body.result === result).toBe(true);
});

test("[S18] a developer's session whose end was not heard is told of again, and lists have it as it ended", {
  timeout: 30_000,
}, async () => {
  const before = new Set(organizationDatabases(passage));
  const owner = await asOrganization(passage, "deaf");
  const listed = async (id: string) =>
    (await request<SessionList>(owner, "GET", "/v1/sessions")).body.sessions.find((one) => one.id === id);
  const completed = async (between?: () => void) => {
    const { session, worker } = await openBoth(owner, echo);
    between?.();
    worker.send({ type: "worker.complete", result: {} });
    await worker.message("server.session_end");
    return session.sessionId;
  };
  const known = await completed();
  await expect.poll(() => listed(known)).toMatchObject({ status: "complete" });
  const databases = organizationDatabases(passage)
    .filter((path) => !before.has(path))
    .map((path) => new DatabaseSync(path));
  const inEach = (statement: string, ...values: string[]) => {
    for (const database of databases) database.prepare(statement).run(...values);
  };

  // The organization cannot write when it is told.
  const late = await completed(() => inEach("BEGIN IMMEDIATE"));
  await passage.logged("end.retry", late);
  inEach("ROLLBACK");
  await expect.poll(() => listed(late), { timeout: 15_000 }).toMatchObject({ status: "complete", error: null });

  // It was never told, and no session lasts as long as that.
  inEach("UPDATE attempts SET ended_at = NULL, started_at = started_at - 7200000 WHERE session_id = ?", known);
  expect(await listed(known)).toMatchObject({ status: "complete", error: null });
  const { createdAt, endedAt } = (await listed(known)) as { createdAt: number; endedAt: number };
  expect(endedAt - createdAt).toBe(3_600_000);
});
