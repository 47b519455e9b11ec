import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CreatedLink } from "@passage/protocol/http/link";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../cli/src/runtime/port.ts";
import { request } from "../harness/api.ts";
import { outputOf } from "../harness/process-output.ts";
import { usePassage } from "../harness/use-passage.ts";
import { type Block, blocksOf } from "./blocks.ts";

/** The skill as the instance serves it: its programs have the instance's own address. */
const passage = usePassage();
const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
let folder: string;
let blocks: Block[];
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  mkdirSync(join(root, "dist-skills"), { recursive: true });
  folder = mkdtempSync(join(root, "dist-skills/run-"));
  const served = ["SKILL.md", "references/types.md", "references/commands.md", "references/providers.md"];
  served.push("references/webhooks.md", "references/sessions.md");
  const pages = served.map(async (name) =>
    blocksOf(name, await (await fetch(`${passage.url}/marketplace/${name}`)).text()),
  );
  blocks = (await Promise.all(pages)).flat();
  for (const { language, name, text } of blocks) if (language === "ts" && name) writeFileSync(join(folder, name), text);
  environment = { ...process.env, PASSAGE_URL: passage.url, PASSAGE_API_KEY: passage.testKey ?? "" };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The body of a response that is 2xx. */
async function api<T>(method: string, path: string): Promise<T> {
  const { status, body } = await request<T>(passage, method, path);
  expect(status).toBeLessThan(300);
  return body;
}

/** The id of the link's only event. */
async function eventOf(linkId: string): Promise<string> {
  const { events } = await api<{ events: { id: string }[] }>("GET", `/v1/events?linkId=${linkId}`);
  expect(events).toHaveLength(1);
  return events[0]?.id ?? "";
}

function typesOf(page: string): string {
  const own = blocks.filter(({ file, language }) => file === page && language === "ts");
  return own.map(({ text }) => text).join("\n");
}

test("every block of TypeScript compiles, by the types that the SDK ships", { timeout: 120_000 }, async () => {
  const command = "type Command<Params, Result> = (params: Params) => Promise<Result>;\n";
  const types = typesOf("references/types.md");
  writeFileSync(join(folder, "types.ts"), command + types + typesOf("references/commands.md"));
  writeFileSync(join(folder, "providers.ts"), typesOf("references/providers.md"));
  const compilerOptions = {
    ...{ module: "nodenext", target: "es2024", lib: ["es2024", "dom"], types: ["node"] },
    ...{ strict: true, noEmit: true, skipLibCheck: true, exactOptionalPropertyTypes: true },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const named = blocks.filter(({ language, name }) => language === "ts" && name);
  expect(named.map(({ name }) => name)).toEqual([
    ...["express.ts", "hono.ts", "wait.ts", "verify.ts", "verify-by-hand.ts", "session.ts"],
  ]);
  const { stdout } = await run(join(root, "node_modules/.bin/tsc"), ["-p", folder]).catch((error) => error);
  expect(stdout).toBe("");
});

test("the Express backend creates a link, takes its webhook and returns the results", { timeout: 60_000 }, async () => {
  const port = await freePort();
  const own = `http://127.0.0.1:${port}`;
  const env = { ...environment, PORT: String(port), WEBHOOK_URL: `${own}/webhooks/passage` };
  const program = outputOf(spawn(process.execPath, [join(folder, "express.ts")], { env }));
  await program.line("listening");
  const created = await fetch(`${own}/connect`, { method: "POST" });
  expect(created.status).toBe(201);
  const { linkId, claimCode, appClipUrl } = (await created.json()) as CreatedLink;
  expect(appClipUrl).toContain(claimCode);
  await api("POST", `/v1/sandbox/links/${linkId}/complete`);
  const link = await (await fetch(`${own}/connect/${linkId}`)).json();
  expect(link).toMatchObject({ status: "complete", error: null, bills: expect.any(Array), cards: expect.any(Array) });
  const states = async () => {
    const { deliveries } = await api<{ deliveries: { state: string }[] }>("GET", `/v1/events/${await eventOf(linkId)}`);
    return deliveries.map(({ state }) => state);
  };
  await expect.poll(states).toEqual(["delivered"]);
  const forged = { method: "POST", body: '{"event":"link.complete"}' };
  expect((await fetch(`${own}/webhooks/passage`, forged)).status).toBe(400);
  await program.stop();
});

test("the Hono backend creates a link, and both ways to verify take its signed event", async () => {
  const { default: app } = await import(join(folder, "hono.ts"));
  const created = await app.request("/connect", { method: "POST" }, { PASSAGE_API_KEY: passage.testKey });
  expect(created.status).toBe(201);
  const { linkId } = await created.json();
  await api("POST", `/v1/sandbox/links/${linkId}/complete`);
  const { headers, body } = await api<{ headers: Record<string, string>; body: string }>(
    "GET",
    `/v1/events/${await eventOf(linkId)}/delivery`,
  );
  const init = { method: "POST", headers, body };
  expect((await app.request("/webhooks/passage", init, {})).status).toBe(204);
  const { POST } = await import(join(folder, "verify.ts"));
  const address = "http://localhost/webhooks";
  expect((await POST(new Request(address, init))).status).toBe(204);
  expect((await POST(new Request(address, { ...init, body: `${body} ` }))).status).toBe(400);
  const { verified } = await import(join(folder, "verify-by-hand.ts"));
  expect(await verified(new Headers(headers), Buffer.from(body), passage.url)).toMatchObject({
    event: "link.complete",
  });
  await expect(verified(new Headers(headers), Buffer.from(`${body} `), passage.url)).rejects.toThrow("signed");
});

test("the script waits for its link", async () => {
  const { stdout } = await run(process.execPath, [join(folder, "wait.ts")], { env: environment });
  expect(stdout).toMatch(/^\d{4}\n$/);
});

test("the commands of the shell create a link, complete it and read it", async () => {
  const shell = blocks.filter(({ language }) => language === "sh");
  expect(shell).toHaveLength(1);
  const { stdout } = await run("bash", ["-euo", "pipefail", "-c", shell[0]?.text ?? ""], { env: environment });
  expect(stdout).toContain('"status":"complete"');
});
