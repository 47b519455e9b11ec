import type { CreatedKey } from "@passage/protocol/http/key";
import { expect, test } from "vitest";
import { billRead, request } from "../../../test/harness/api.ts";
import { asOperator, newKey } from "../../../test/harness/operator.ts";
import { type Running, removeFolder, startPassage } from "../../../test/harness/passage-process.ts";
import { runPassage } from "../../../test/harness/run-passage.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const production = usePassage({ arguments: ["--production"] });
const warnings = (running: Running) =>
  running.output.filter((line) => line.includes('"server.misconfigured"')).map((line) => JSON.parse(line));

test("[N15] a test key on a server without a sandbox is refused when it is made, with what to do", async () => {
  const message = "must be live: this server runs without its sandbox, so a test key could create no link";
  for (const body of [{}, { mode: "test", organization: "acme" }])
    expect(await asOperator(production, "POST", "/operator/keys", body)).toMatchObject({
      status: 400,
      body: { code: "validation_failed", issues: [{ path: "mode", message }] },
    });
  const { body } = await asOperator<{ organizations: unknown[] }>(production, "GET", "/operator/organizations");
  expect(body.organizations).toEqual([]);
  const said = await runPassage(["keys", "create", "--data", production.data]);
  expect(said).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  expect((await newKey(production, { mode: "live" })).key).toMatch(/^psg_live_/);
});

test("[N15] nor does a test key from before make another one there", async () => {
  const development = await startPassage();
  await development.stop();
  const later = await startPassage({ data: development.data, arguments: ["--production"] });
  const made = await request<CreatedKey>({ ...later, testKey: development.testKey }, "POST", "/v1/keys", {});
  expect(made).toMatchObject({ status: 400, body: { issues: [{ path: "mode" }] } });
  await later.stop();
  removeFolder(development.data);
});

test("[R4] http to this machine is for test mode", async () => {
  const { key } = await newKey(production, { mode: "live" });
  const create = (returnUrl: string) => request(production, "POST", "/v1/links", { ...billRead, returnUrl }, { key });
  expect(await create("http://localhost:3000/done")).toMatchObject({
    status: 400,
    body: { issues: [{ path: "returnUrl", message: expect.stringContaining("https") }] },
  });
  expect((await create("https://app.example/done")).status).toBe(201);
});

test("[N8] what is missing in production is a warning in the log, once, and a metric", async () => {
  const proxied = { headers: { "x-forwarded-for": "203.0.113.7" } };
  for (let index = 0; index < 3; index++) await fetch(`${production.url}/healthz`, proxied);
  const found = Object.fromEntries(warnings(production).map((line) => [line.problem, line]));
  expect(warnings(production).length).toBe(2);
  expect(found.no_public_url).toMatchObject({ level: "warn", remedy: expect.stringContaining("PUBLIC_URL") });
  expect(found.no_client_address).toMatchObject({ remedy: expect.stringContaining("CLIENT_ADDRESS_HEADER") });
  const { body } = await asOperator<string>(production, "GET", "/metrics");
  expect(body).toContain('passage_misconfigured{problem="no_public_url"} 1');
  expect(body).toContain('passage_misconfigured{problem="no_client_address"} 1');
  expect(body).toContain('passage_misconfigured{problem="insecure_public_url"} 0');
});

test("[N8] an http address is one; a complete set-up has no warning", async () => {
  const environment = { CLIENT_ADDRESS_HEADER: "X-Forwarded-For" };
  const startWith = (publicUrl: string) =>
    startPassage({ arguments: ["--production", "--public-url", publicUrl], environment });
  const insecure = await startWith("http://localhost:8787");
  await fetch(`${insecure.url}/healthz`);
  await insecure.logged("server.misconfigured", "insecure_public_url");
  expect(warnings(insecure)).toMatchObject([{ problem: "insecure_public_url" }]);
  await insecure.stop();
  removeFolder(insecure.data);
  const complete = await startWith("https://passage.example");
  await fetch(`${complete.url}/healthz`, { headers: { "x-forwarded-for": "203.0.113.7" } });
  expect(warnings(complete)).toEqual([]);
  await complete.stop();
  removeFolder(complete.data);
});
