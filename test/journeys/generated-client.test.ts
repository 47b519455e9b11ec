import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { generateApi } from "swagger-typescript-api";
import { expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "../harness/passage-process.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();

type Call = (...given: unknown[]) => Promise<{ status: number; data: Record<string, unknown> }>;
/** What the generator makes of our tags and operations. */
interface GeneratedClient {
  readonly v1: Record<string, Call>;
  readonly link: Record<string, Call>;
}

test("a client that a stock generator made from /openapi.json compiles, and does a backend's work", {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder();
  await generateApi({
    url: `${passage.url}/openapi.json`,
    output: folder,
    fileName: "client.ts",
    silent: true,
  });
  const file = join(folder, "client.ts");
  const compiled = spawnSync(
    "tsc",
    [
      "--noEmit",
      "--strict",
      "--ignoreConfig",
      "--target",
      "es2022",
      "--module",
      "preserve",
      "--lib",
      "es2022,dom",
      file,
    ],
    { encoding: "utf8" },
  );
  expect(compiled.stdout).toBe("");
  expect(compiled.status).toBe(0);

  const { Api } = await import(/* @vite-ignore */ file);
  const clientOf = (key: string | null) =>
    new Api({
      baseUrl: passage.url,
      baseApiParams: { format: "json", headers: { authorization: `Bearer ${key}` } },
    }) as GeneratedClient;
  const { v1, link: publicRoutes } = clientOf(passage.testKey);
  const call = (group: Record<string, Call>, name: string, ...given: unknown[]) => {
    const method = group[name];
    if (!method) throw new Error(`The client has no ${name}, but ${Object.keys(group).join(", ")}`);
    return method(...given);
  };

  const body = { integrationId: "tmobile", operations: [{ resource: "mobileBillingStatement", action: "read" }] };
  const created = await call(v1, "createLink", body, { headers: { "idempotency-key": "generated-1" } });
  expect(created).toMatchObject({ status: 201, data: { status: "pending" } });
  const { linkId, claimCode } = created.data;
  expect((await call(v1, "getLink", linkId)).data).toMatchObject({ id: linkId, result: null, error: null });
  const listed = await call(v1, "listLinks", { status: "pending", limit: 5 });
  expect(listed.data).toMatchObject({ links: [{ id: linkId }], nextCursor: null });

  const claimed = await call(publicRoutes, "claimLink", { code: claimCode });
  expect(claimed.data).toMatchObject({ linkId, sessionId: expect.stringMatching(/^sess_/) });
  expect((await call(v1, "listAttempts", linkId)).data).toMatchObject({ attempts: [{ status: "active" }] });
  expect((await call(v1, "cancelLink", linkId)).data).toMatchObject({ status: "expired" });

  const made = await call(v1, "createKey", { name: "generated", scopes: ["links:read"] });
  expect(made).toMatchObject({ status: 201 });
  const rotated = await call(v1, "rotateKey", made.data.id, { overlap: 0 });
  const limited = clientOf(String(rotated.data.key)).v1;
  expect((await call(limited, "listLinks", {})).status).toBe(200);
  await expect(call(limited, "createLink", body)).rejects.toMatchObject({
    status: 403,
    error: { code: "insufficient_scope" },
  });
  expect((await call(v1, "revokeKey", rotated.data.id)).data).toMatchObject({ revokedAt: expect.any(Number) });
  await expect(call(limited, "listLinks", {})).rejects.toMatchObject({ status: 401, error: { code: "unauthorized" } });
  removeFolder(folder);
});
