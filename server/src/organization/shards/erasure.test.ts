import { DatabaseSync } from "node:sqlite";
import type { OrganizationList } from "@passage/protocol/http/organization";
import type { CreatedEndpoint } from "@passage/protocol/webhooks";
import { expect, test } from "vitest";
import { createLink, request } from "../../../../test/harness/api.ts";
import { asOperator, newKey } from "../../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../../test/harness/organization-databases.ts";
import { type Running, removeFolder, startPassage } from "../../../../test/harness/passage-process.ts";
import { createEndpoint } from "../../../../test/harness/webhooks.ts";

const configure = (server: Running, fields: object) =>
  asOperator(server, "POST", "/operator/organizations", fields).then(({ status }) => status);

const remove = (server: Running, id: string) =>
  asOperator(server, "DELETE", `/operator/organizations/${id}`).then(({ status }) => status);

/** What is left in the files of a server that has stopped, but for the organization that it starts with: their tables with rows. */
function leftIn(server: Running): string[] {
  return organizationDatabases(server).flatMap((path) => {
    const database = new DatabaseSync(path, { readOnly: true });
    const tables = database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'",
      )
      .all() as { name: string }[];
    const filled = tables
      .map(({ name }) => name)
      .filter((name) => name !== "schema_version" && database.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get());
    const isDefault = filled.includes("identity") && kept.has(database.prepare("SELECT tag FROM identity").get()?.tag);
    database.close();
    return isDefault ? [] : filled;
  });
}
const kept = new Set<unknown>();

async function started(): Promise<Running> {
  const server = await startPassage();
  const { organizations } = (await asOperator<OrganizationList>(server, "GET", "/operator/organizations")).body;
  for (const { shardTags } of organizations) for (const tag of [...shardTags.test, ...shardTags.live]) kept.add(tag);
  return server;
}

test("an organization that is deleted while its shards are raised leaves nothing", { timeout: 60_000 }, async () => {
  const server = await started();
  for (let round = 0; round < 4; round++) {
    const id = `raised-${round}`;
    await configure(server, { id });
    const raised = configure(server, { id, linkShards: 16 });
    const removed = remove(server, id);
    expect([200, 404]).toContain(await raised);
    expect(await removed).toBe(200);
    // Whoever came after the deletion made it anew.
    expect([200, 404]).toContain(await remove(server, id));
  }
  await server.stop();
  expect(leftIn(server)).toEqual([]);
  removeFolder(server.data);
});

test("an organization that is deleted while its settings change leaves nothing, and nobody gets a fault", {
  timeout: 60_000,
}, async () => {
  const server = await started();
  const answers = new Set<number>();
  for (let round = 0; round < 4; round++) {
    const id = `busy-${round}`;
    await configure(server, { id, linkShards: 8 });
    const owner = { ...server, testKey: (await newKey(server, { organization: id })).key };
    const endpoint: CreatedEndpoint = await createEndpoint(owner, { url: "https://old.example/in" });
    const { linkId } = await createLink(owner);
    let isOver = false;
    const calls: [method: string, path: string, body?: object][] = [
      ["PATCH", `/v1/webhook_endpoints/${endpoint.id}`, { description: "changed" }],
      ["POST", "/v1/webhook_secret/rotate", {}],
      ["POST", "/v1/keys", {}],
      ["GET", "/v1/keys"],
      ["GET", "/v1/audit_log"],
      ["POST", "/v1/webhook_keys/rotate", {}],
      ["POST", `/v1/webhook_endpoints/${endpoint.id}/redeliver`, { since: 0 }],
      ["POST", `/v1/links/${linkId}/cancel`],
      ["POST", "/v1/sessions", {}],
    ];
    const asked = calls.map(async ([method, path, body]) => {
      for (let index = 0; !isOver; index++)
        answers.add(
          (await request(owner, method, path, body, { headers: { "idempotency-key": `${path}-${index}` } })).status,
        );
    });
    await createLink(owner);
    expect(await remove(server, id)).toBe(200);
    isOver = true;
    await Promise.all(asked);
  }
  await server.stop();
  expect(leftIn(server)).toEqual([]);
  expect([...answers].filter((status) => status >= 500)).toEqual([]);
  removeFolder(server.data);
});
