import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claim, createLink, request } from "../../../test/harness/api.ts";
import { endedLink, givesUp } from "../../../test/harness/completed-link.ts";
import { createSession } from "../../../test/harness/developer-session.ts";
import { asOperator, newKey } from "../../../test/harness/operator.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage({ environment: { LOG_REQUESTS: "1" } });
type Line = Record<string, unknown> & { time: string; level: string; event: string };
const lines = (): Line[] => passage.output.filter((one) => one.startsWith("{")).map((one) => JSON.parse(one));
const lineOf = async ({ headers }: { headers: Headers }): Promise<Line> =>
  JSON.parse(await passage.line(headers.get("x-request-id") ?? "none"));
/** The tag of an organization, which each of its ids carries. */
const tagIn = (id: string) => id.slice(id.indexOf("_") + 1).slice(0, 10);

test("a request's line says who asked for what, about what, and what came of it", async () => {
  const key = await newKey(passage, { organization: "logged", name: "CI" });
  const owner = { ...passage, testKey: key.key };
  const { body } = await asOperator<{ organizations: { id: string; tags: { test: string } }[] }>(
    passage,
    "GET",
    "/operator/organizations?limit=100",
  );
  expect(body.organizations.find(({ id }) => id === "logged")?.tags.test).toBe(tagIn(key.id));
  const common = {
    level: "info",
    event: "request",
    keyId: key.id,
    organization: tagIn(key.id),
    ms: expect.any(Number),
  };
  const { linkId, claimCode } = await createLink(owner);
  const read = await request(owner, "GET", `/v1/links/${linkId}?include=partial`);
  expect(await lineOf(read)).toMatchObject({ ...common, method: "GET", route: "/v1/links/:id", linkId, status: 200 });
  const created = lines().find((line) => line.route === "/v1/links" && line.linkId === linkId);
  expect(created).toMatchObject({ ...common, method: "POST", status: 201 });
  const wrong = await request(owner, "POST", "/v1/links", { webhookURL: "x" });
  expect(await lineOf(wrong)).toMatchObject({ ...common, status: 400, code: "validation_failed" });
  const unknown = await request(owner, "GET", "/v1/links/link_secretThatSomebodyPasted");
  const line = await lineOf(unknown);
  expect(line).toMatchObject({ ...common, route: "/v1/links/:id", status: 404, code: "not_found" });
  expect(line).not.toHaveProperty("linkId");
  const taken = await request<{ sessionId: string }>(
    passage,
    "POST",
    "/link/claim",
    { code: claimCode },
    { key: null },
  );
  const { sessionId } = taken.body;
  expect(await lineOf(taken)).toMatchObject({ organization: tagIn(key.id), linkId, sessionId, status: 200 });
  const session = await request(owner, "GET", `/v1/sessions/${sessionId}`);
  expect(await lineOf(session)).toMatchObject({ ...common, sessionId });
  const nobody = await request(passage, "GET", "/v1/links", undefined, { key: null });
  expect(await lineOf(nobody)).toMatchObject({ event: "request", status: 401, code: "unauthorized" });
  expect(await lineOf(nobody)).not.toHaveProperty("organization");
});

test("the end of a link has its provider, reason and blame; a webhook's line its link", async () => {
  const receiver = await startReceiver((index) => (index === 0 ? 200 : 500));
  const good = await endedLink(passage, { webhookUrl: receiver.url });
  await receiver.count(1);
  const failed = await endedLink(passage, { webhookUrl: receiver.url }, givesUp);
  await receiver.count(2);
  const settled = async (linkId: string) => {
    await expect.poll(() => lines().some((one) => one.event === "link.settled" && one.linkId === linkId)).toBe(true);
    return lines().find((one) => one.event === "link.settled" && one.linkId === linkId);
  };
  expect(await settled(good.linkId)).toMatchObject({
    level: "info",
    organization: tagIn(good.linkId),
    provider: "tmobile",
    status: "complete",
    reason: "none",
    blame: "none",
    sessionId: expect.stringMatching(/^sess_/),
    ms: expect.any(Number),
  });
  expect(await settled(failed.linkId)).toMatchObject({
    provider: "tmobile",
    status: "failed",
    code: "AUTOMATION_ERROR",
    reason: "user_gave_up",
    blame: "person",
  });
  await expect
    .poll(() => lines().find((one) => one.event === "webhook.missed"))
    .toMatchObject({
      level: "warn",
      organization: tagIn(failed.linkId),
      linkId: failed.linkId,
      status: 500,
      reason: "status",
    });
  await receiver.stop();
});

test("every line has a time, a level and an event, and none a secret", async () => {
  const { claimCode, linkId } = await createLink(passage);
  const { clientToken } = await claim(passage, claimCode);
  const { workerToken } = await createSession(passage);
  const endpoint = { url: "https://hooks.example.com/in" };
  const { body } = await request<{ secret: string }>(passage, "POST", "/v1/webhook_endpoints", endpoint);
  for (const path of [
    `/link/details?code=${claimCode}`,
    `/v1/links/${claimCode}`,
    `/v1/links/${clientToken}`,
    `/${linkId}`,
  ])
    await lineOf(await request(passage, "GET", path));
  expect(lines().length).toBeGreaterThan(10);
  for (const line of lines()) {
    expect(Date.now() - Date.parse(line.time)).toBeLessThan(600_000);
    expect(["info", "warn", "error"]).toContain(line.level);
    expect(line.event).toMatch(/^[a-z_]+(\.[a-z_]+)?$/);
  }
  const output = passage.output.filter((one) => one.startsWith("{")).join("\n");
  const operatorToken = readFileSync(join(passage.data, "operator-token"), "utf8").trim();
  for (const secret of [claimCode, clientToken, workerToken, body.secret, passage.testKey ?? "", operatorToken])
    expect(output).not.toContain(secret);
});
