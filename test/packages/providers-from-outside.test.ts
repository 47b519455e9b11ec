import { execFile } from "node:child_process";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CreatedLink, Link } from "@passage/protocol/http/link";
import { publishersPath } from "@passage/protocol/http/publishers";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { request } from "../harness/api.ts";
import { installPassage } from "../harness/installed-passage.ts";
import { openBrowserProcess } from "../harness/open-device.ts";
import { removeFolder, startPassage, temporaryFolder } from "../harness/passage-process.ts";
import { runPassage } from "../harness/run-passage.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

let folder: string;
let binary: string;
beforeAll(async () => {
  folder = temporaryFolder();
  binary = await installPassage(folder);
});
afterAll(() => removeFolder(folder));

const passage = (...words: string[]) => runPassage(words, {}, binary);

/** Runs an operation on the package's own sandbox and keeps it, with whoever signs in. */
async function record(home: string, id: string, operation: string, person: (page: Page) => Promise<void>) {
  const run = await openBrowserProcess(["providers", "record", id, operation, "--dir", home], {}, binary);
  await person(run.person);
  expect(await run.ended, run.output()).toBe(0);
}

async function signInToClub(page: Page): Promise<void> {
  await page.fill("#member", "4711");
  await page.fill("#password", "pass_good");
  await page.click("#sign-in");
}

test("a new package stands alone: its own tests pass, and it runs, is recorded and checked on its own sandbox", async () => {
  const home = join(folder, "town-pool");
  const made = await passage("providers", "new", "town-pool", "--operation", "poolVisits:read", "--dir", home);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(readdirSync(home)).toEqual(
    expect.arrayContaining([".github", ".gitignore", "package.json", "pool-visits.read.test.ts", "sandbox.ts"]),
  );
  const { stdout } = await promisify(execFile)("npm", ["test"], { cwd: home });
  expect(stdout).toContain("1 passed");

  const unchecked = await passage("start", "--port", "0", "--data", join(folder, "none"), "--providers", home);
  expect(unchecked.status).toBe(1);
  expect(unchecked.stderr).toContain("poolVisits:read: has no recording");

  await record(home, "town-pool", "poolVisits:read", async (page) => {
    await page.fill("#username", "user_good");
    await page.fill("#password", "pass_good");
    await page.click("button");
  });
  expect(await passage("providers", "replay", "--dir", home)).toMatchObject({ status: 0 });
  expect(await passage("providers", "check", "--dir", home)).toMatchObject({
    status: 0,
    stdout: "ok     town-pool      1 operations, 1 recordings",
  });

  const added = await passage("providers", "new", "town-pool", "--operation", "lanes:read", "--dir", home);
  expect(added).toMatchObject({ status: 0, stdout: expect.stringContaining("lanes.read.ts") });
});

test("a provider of one's own, from its folder to a result: a table of the site's server, and an app with bearer tokens", async () => {
  const home = join(folder, "harbor-club");
  cpSync(join(import.meta.dirname, "harbor-club"), home, { recursive: true });
  await record(home, "harbor-club", "berths:read", signInToClub);
  await record(home, "harbor-club", "visits:read", signInToClub);
  const bare = join(folder, "bare-club");
  cpSync(home, bare, { recursive: true });
  rmSync(join(bare, "sandbox.ts"));

  const running = await startPassage({ binary, data: join(folder, "data"), arguments: ["--providers", home] });
  try {
    // Public routes know it as they know the catalog's.
    const { body: listed } = await request<{ providers: { id: string; resources: unknown[] }[] }>(
      running,
      "GET",
      "/v1/providers",
    );
    expect(listed.providers.map(({ id }) => id)).toEqual(expect.arrayContaining(["tmobile", "harbor-club"]));
    expect(listed.providers.find(({ id }) => id === "harbor-club")).toMatchObject({
      resources: [
        { name: "berths", operations: { read: { arguments: null, result: { properties: { berths: {} } } } } },
        { name: "visits", operations: { read: { arguments: { properties: { limit: {} } } } } },
      ],
    });
    const { body: published } = await request<{ keys: { name: string }[] }>(running, "GET", publishersPath);
    expect(published.keys.map(({ name }) => name)).toContain("The publisher of Harbor Club");
    const visits = { integrationId: "harbor-club", resource: "visits", action: "read" };
    expect(await request(running, "POST", "/v1/links", { ...visits, arguments: { limit: 0 } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "arguments.limit", message: "must be positive" }] },
    });

    const { body: link } = await request<CreatedLink>(running, "POST", "/v1/links", {
      integrationId: "harbor-club",
      operations: [
        { resource: "berths", action: "read" },
        { resource: "visits", action: "read", arguments: { limit: 3 } },
      ],
    });
    const { body: offered } = await request(running, "GET", `/link/details?code=${link.claimCode}`);
    expect(offered).toMatchObject({
      provider: { name: "Harbor Club", site: `http://www.harbor-club.localhost:${running.port}` },
      operations: [
        { details: expect.arrayContaining([expect.stringContaining("your berths: name, length and yearly fee")]) },
        { details: expect.arrayContaining([expect.stringContaining("visits to your berths")]) },
      ],
    });
    const environment = { PASSAGE_CONFIG: join(folder, "config") };
    const device = await openBrowserProcess(["open", link.appClipUrl, "--agree"], environment, binary);
    await signInToClub(device.person);
    expect(await device.ended, device.output()).toBe(0);
    expect(device.output()).toContain("Signed by a publisher that this device does not know");
    const { body: ended } = await request<Link>(running, "GET", `/v1/links/${link.linkId}`);
    expect(ended).toMatchObject({
      status: "complete",
      result: {
        operations: [
          {
            data: {
              berths: [
                { name: "A 12", length: 11.5, yearlyFee: 1840 },
                { name: "C 3", length: 8, yearlyFee: 990.5 },
              ],
            },
          },
          {
            data: {
              visits: [
                expect.anything(),
                expect.anything(),
                { boat: "Kittiwake", arrivedOn: "2026-06-30", nights: 14 },
              ],
            },
          },
        ],
      },
    });
  } finally {
    await running.stop();
  }

  const without = await startPassage({ binary, data: join(folder, "data-2"), arguments: ["--providers", bare] });
  try {
    const body = { integrationId: "harbor-club", resource: "berths", action: "read" };
    expect(await request(without, "POST", "/v1/links", body)).toMatchObject({
      status: 400,
      body: {
        issues: [{ path: "integrationId", message: expect.stringContaining("Harbor Club has no sandbox site") }],
      },
    });
  } finally {
    await without.stop();
  }
});

test("the server for Cloudflare is written with it, and a second provider of the same id is refused", async () => {
  const home = join(folder, "harbor-club");
  const out = join(folder, "out");
  expect(await passage("build", "--out", out, "--providers", home)).toMatchObject({ status: 0 });
  expect(readdirSync(join(out, "dist")).sort()).toEqual(["assets", "catalog.js", "site-harbor-club.js", "worker.js"]);
  const { providers } = await import(join(out, "dist/catalog.js"));
  expect(providers.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(["tmobile", "harbor-club"]));
  const given = ["--production", "--catalog", join(out, "dist/catalog.js")];
  const running = await startPassage({ binary, data: join(folder, "data-3"), arguments: given });
  try {
    expect((await request(running, "GET", publishersPath)).body).toMatchObject({
      keys: expect.arrayContaining([expect.objectContaining({ name: "The publisher of Harbor Club" })]),
    });
  } finally {
    await running.stop();
  }
  expect(
    await passage("build", "--out", out, "--providers", home, "--providers", join(folder, "bare-club")),
  ).toMatchObject({
    status: 1,
    stderr: "There are two providers with the id harbor-club: a server offers each id once.",
  });
});
