import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { request } from "../../../../test/harness/api.ts";
import { endedLink, givesUp } from "../../../../test/harness/completed-link.ts";
import { asOrganization } from "../../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../../test/harness/organization-databases.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";
import { createEndpoint, listEvents } from "../../../../test/harness/webhooks.ts";

const passage = usePassage();

test("a clock that goes back leaves no event out of what is delivered again since a time", async () => {
  const before = new Set(organizationDatabases(passage));
  const owner = await asOrganization(passage, "clock");
  const link = await endedLink(owner, {}, givesUp);
  for (const path of organizationDatabases(passage).filter((one) => !before.has(one)))
    new DatabaseSync(path).exec("UPDATE event_log SET created_at = created_at + 3600000");
  await endedLink(owner, {}, givesUp);
  const [last, first] = await listEvents(owner);
  expect(first?.linkId).toBe(link.linkId);
  expect(last?.createdAt).toBe(first?.createdAt);
  const endpoint = await createEndpoint(owner, { url: "http://127.0.0.1:9/" });
  const path = `/v1/webhook_endpoints/${endpoint.id}/redeliver`;
  const since = await request(owner, "POST", path, { since: first?.createdAt, include: "all" });
  expect(since).toMatchObject({ status: 202, body: { deliveries: 2 } });
});
