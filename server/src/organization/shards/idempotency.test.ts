import type { CreatedLink } from "@passage/protocol/http/link";
import { expect, test } from "vitest";
import { billRead, createLink, request } from "../../../../test/harness/api.ts";
import { asOrganization } from "../../../../test/harness/operator.ts";
import { type Running, removeFolder, startPassage, temporaryFolder } from "../../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../../test/harness/receiver.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";
import { createEndpoint, listEvents } from "../../../../test/harness/webhooks.ts";

const environment = { LINK_SHARDS: "4" };
const passage = usePassage({ environment });

const post = (owner: Running, path: string, body: unknown, key: string) =>
  request(owner, "POST", path, body, { headers: { "idempotency-key": key } });

const conflict = { status: 409, body: { code: "idempotency_conflict" } };

/** Links in every shard. */
async function spread(owner: Running): Promise<CreatedLink[]> {
  const byTag = new Map<string, CreatedLink>();
  while (byTag.size < 4) {
    const link = await createLink(owner);
    byTag.set(link.linkId.slice(5, 15), link);
  }
  return [...byTag.values()];
}

test("a key that was used for a link or an event of any shard is used, wherever it leads", async () => {
  const owner = await asOrganization(passage, "led-elsewhere");
  for (const [index, link] of (await spread(owner)).entries()) {
    const key = `cancel-${index}`;
    const [another] = await spread(owner);
    const path = `/v1/links/${link.linkId}/cancel`;
    const first = await post(owner, path, {}, key);
    expect(first.status).toBe(200);
    expect((await post(owner, path, {}, key)).body).toEqual(first.body);
    for (const route of ["/v1/links", "/v1/sessions", "/v1/keys", `/v1/links/${another?.linkId}/cancel`])
      expect(await post(owner, route, route === "/v1/links" ? billRead : {}, key), route).toMatchObject(conflict);
    // Refused, it is not used up.
    const gone = await post(owner, `/v1/links/${link.linkId}/complete`, { result: [] }, `refused-${index}`);
    expect(gone.status).toBeGreaterThanOrEqual(400);
    expect((await post(owner, "/v1/links", billRead, `refused-${index}`)).status).toBe(201);
  }
});

test("twenty at one instant, of every kind: each is made once", { timeout: 60_000 }, async () => {
  const owner = await asOrganization(passage, "instants");
  const receiver = await startReceiver();
  const endpoint = await createEndpoint(owner, { url: receiver.url, eventTypes: ["link.cancelled"] });
  for (const { linkId } of await spread(owner)) await request(owner, "POST", `/v1/links/${linkId}/cancel`);
  const { length } = await receiver.count(4);
  const [event] = await listEvents(owner);
  const twenty = async (path: string, body: unknown) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(owner, path, body, `twenty ${path}`.replace(" ", "-"))),
    );
    expect(new Set(answers.map((one) => JSON.stringify([one.status, one.body]))).size, path).toBe(1);
    return answers[0]?.body;
  };
  await twenty("/v1/links", billRead);
  await twenty("/v1/sessions", {});
  await twenty("/v1/keys", {});
  await twenty("/v1/webhook_endpoints", { url: "https://other.example/in" });
  await twenty(`/v1/webhook_endpoints/${endpoint.id}/rotate_secret`, {});
  await twenty("/v1/webhook_keys/rotate", {});
  expect(await twenty(`/v1/webhook_endpoints/${endpoint.id}/redeliver`, { since: 0, include: "all" })).toEqual({
    deliveries: length,
  });
  await receiver.count(8);
  await twenty(`/v1/events/${event?.id}/redeliver`, {});
  await receiver.count(9);
  await receiver.stop();
  expect(receiver.deliveries).toHaveLength(9);
});

test("what several shards send again is sent again once, however often the server dies", {
  timeout: 120_000,
}, async () => {
  const data = temporaryFolder();
  let server = await startPassage({ data, environment });
  const { port } = server;
  const { testKey } = await asOrganization(server, "dies");
  const owner = () => ({ ...server, testKey });
  const links = await spread(owner());
  for (const { linkId } of links) await request(owner(), "POST", `/v1/links/${linkId}/cancel`);
  const receiver = await startReceiver();
  const endpoint = await createEndpoint(owner(), { url: receiver.url, eventTypes: ["link.cancelled"] });
  const again = () =>
    post(owner(), `/v1/webhook_endpoints/${endpoint.id}/redeliver`, { since: 0, include: "all" }, "dies");
  for (let kill = 0; kill < 6; kill++) {
    const asked = again().catch(() => null);
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, kill * 3))]);
    await server.kill();
    await asked;
    server = await startPassage({ data, port, environment });
  }
  expect((await again()).body).toEqual({ deliveries: links.length });
  await receiver.count(links.length);
  const events = receiver.deliveries.map(({ body }) => JSON.parse(body).id);
  expect(new Set(events).size).toBe(links.length);
  await server.stop();
  await receiver.stop();
  removeFolder(data);
});
