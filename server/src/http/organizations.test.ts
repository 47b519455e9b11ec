import type { SigningKeyList } from "@passage/protocol/webhooks";
import { expect, test } from "vitest";
import { claim, createLink, getLink, request } from "../../../test/harness/api.ts";
import { endedLink } from "../../../test/harness/completed-link.ts";
import { silent } from "../../../test/harness/developer-session.ts";
import { asOperator, asOrganization } from "../../../test/harness/operator.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { createEndpoint, listEvents } from "../../../test/harness/webhooks.ts";

const passage = usePassage();

test("an organization that is deleted is gone with its sessions, events, endpoints and signing keys", async () => {
  const owner = await asOrganization(passage, "leaving");
  const receiver = await startReceiver(() => 500);
  await createEndpoint(owner, { url: receiver.url });
  await endedLink(owner);
  await receiver.count(1);
  const { body: signing } = await request<SigningKeyList>(owner, "GET", "/v1/webhook_keys");
  const jwks = signing.jwksUrl.slice(signing.jwksUrl.indexOf("/.well-known"));
  const asked = { key_id: signing.keys[0]?.keyId };
  const published = () => request(passage, "GET", jwks, undefined, { key: null });
  const verification = () => request(passage, "POST", "/webhook_verification_key/get", asked, { key: null });
  expect((await published()).body.keys).toHaveLength(1);
  expect((await verification()).status).toBe(200);
  const { claimCode } = await createLink(owner);
  const device = await scriptedDevice(await claim(owner, claimCode), silent);

  expect((await asOperator(passage, "DELETE", "/operator/organizations/leaving")).status).toBe(200);
  await device.message("server.session_end");
  expect(await published()).toMatchObject({ status: 200, body: { keys: [] } });
  expect((await verification()).status).toBe(404);
  expect((await request(owner, "GET", "/v1/events")).status).toBe(401);

  const again = await asOrganization(passage, "leaving");
  expect(await listEvents(again)).toEqual([]);
  expect((await request(again, "GET", "/v1/webhook_endpoints")).body).toEqual({ endpoints: [] });
  expect((await published()).body.keys).not.toMatchObject([{ kid: asked.key_id }]);
});

test("a deleted link takes its events and deliveries with it; the others stay", async () => {
  const owner = await asOrganization(passage, "forgetful");
  const receiver = await startReceiver(() => 500);
  const endpoint = await createEndpoint(owner, { url: receiver.url });
  const [gone, kept] = [await endedLink(owner), await endedLink(owner)];
  await receiver.count(2);
  const [event] = await listEvents(owner, `linkId=${gone.linkId}`);
  expect((await request(owner, "GET", `/v1/events/${event?.id}`)).status).toBe(200);
  expect((await request(owner, "DELETE", `/v1/links/${gone.linkId}`)).status).toBe(200);
  expect((await request(owner, "GET", `/v1/events/${event?.id}`)).status).toBe(404);
  expect((await listEvents(owner)).map(({ linkId }) => linkId)).toEqual([kept.linkId]);
  const { body } = await request(owner, "GET", `/v1/webhook_endpoints/${endpoint.id}`);
  expect(body.health).toMatchObject({ backlog: 1 });
  expect((await getLink(owner, kept.linkId)).status).toBe("complete");
});
