import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CreatedLink, Link } from "@passage/protocol/http/link";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { buildTime } from "../../cli/src/catalog/signing.ts";
import { cedarLibrary } from "../../examples/library-provider/provider.ts";
import { request } from "../harness/api.ts";
import { DevToolsHands } from "../harness/devtools-hands.ts";
import { startLibrary } from "../harness/library-site.ts";
import { startLiveSite } from "../harness/live-site.ts";
import { openDeviceProcess } from "../harness/open-device.ts";
import { OtherClone } from "../harness/other-clone.ts";
import { type Running, removeFolder, temporaryFolder } from "../harness/passage-process.ts";
import { signInAs } from "../harness/person.ts";
import { runPassage } from "../harness/run-passage.ts";

vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let clone: OtherClone;
let config: string;
beforeEach(() => {
  folder = temporaryFolder();
  config = join(folder, "config");
  clone = new OtherClone(folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await clone.stop();
  removeFolder(folder);
});

type Server = Pick<Running, "url" | "testKey">;
const thumbprintOf = () => JSON.parse(readFileSync(join(folder, "device/dist/publishers.json"), "utf8")).keys[0].kid;

async function link(server: Server, provider: string, resource: string) {
  const fields = { integrationId: provider, operations: [{ resource, action: "read" }] };
  const { body } = await request<CreatedLink>(server, "POST", "/v1/links", fields);
  return {
    claimUrl: `${server.url}/claim?code=${body.claimCode}`,
    status: async () => (await request<Link>(server, "GET", `/v1/links/${body.linkId}`)).body,
  };
}

test("the server of one clone and the device of another, in test mode on this machine: the link completes, and the device says whom it does not know", async () => {
  await clone.serve();
  const { claimUrl, status } = await link(await clone.with("test"), "tmobile", "mobileBillingStatement");
  const device = await openDeviceProcess(claimUrl, [], { PASSAGE_CONFIG: config });
  await signInAs(new DevToolsHands(device.person), "tmobile", "user_good");
  expect(await device.ended, device.output()).toBe(0);
  expect(device.output()).toContain(
    `Signed by a publisher that this device does not know (thumbprint ${thumbprintOf()}): accepted, as this is test mode on this machine, which reaches no real site`,
  );
  expect(await status()).toMatchObject({ status: "complete", result: { billing: expect.any(Array) } });
  // What a sandbox shows decides nothing.
  expect(existsSync(config)).toBe(false);
});

test("in live mode an unknown publisher is refused with what to do, and after passage trust add the link completes; then an older build is refused", async () => {
  const library = await startLibrary();
  const site = await startLiveSite("cedar-library.example", library.url, folder);
  const environment = { PASSAGE_CHROMIUM: site.chromium, PASSAGE_CONFIG: config };
  const catalogOf = (version: number) => ({
    module: "test/harness/library-catalog.ts",
    providers: [{ ...cedarLibrary, version }],
  });
  const open = async (server: Server) => {
    const { claimUrl, status } = await link(server, "cedar-library", "loans");
    return { claimUrl, status, ran: await runPassage(["open", claimUrl, "--headless", "--agree"], environment) };
  };
  try {
    vi.stubEnv("PASSAGE_PUBLISHER_NAME", "Cedar County");
    await clone.serve({ catalog: catalogOf(3) });
    const server = await clone.with("live");

    const refused = await open(server);
    expect(refused.ran.status).toBe(1);
    expect(refused.ran.stderr).toContain(
      `It is signed by a publisher that this device does not trust (thumbprint ${thumbprintOf()}). If you trust whoever runs the server, run: passage trust add ${clone.url}`,
    );
    // Nothing was taken: the same link can be opened once the publisher is trusted.
    expect(await refused.status()).toMatchObject({ status: "pending" });

    const added = await runPassage(["trust", "add", clone.url, "--yes"], environment);
    expect(added).toMatchObject({ status: 0, stdout: expect.stringContaining("This device trusts Cedar County") });

    const { status } = refused;
    const device = await openDeviceProcess(refused.claimUrl, [], environment);
    await device.person.fill("#card-number", "29038001234567");
    await device.person.fill("#pin", "2468");
    await device.person.click("#sign-in");
    expect(await device.ended, device.output()).toBe(0);
    expect(device.person.url()).toMatch(/^https:\/\/www\.cedar-library\.example\//);
    expect(await status()).toMatchObject({
      status: "complete",
      result: { loans: expect.arrayContaining([expect.objectContaining({ title: "A Psalm for the Wild-Built" })]) },
    });

    await clone.serve({ catalog: catalogOf(2), issuedAt: buildTime() - 86_400 });
    const older = await open(server);
    expect(older.ran.status).toBe(1);
    expect(older.ran.stderr).toMatch(
      /It is older \(version 2 of [\d-]+\) than what this device has accepted before \(version 3 of [\d-]+\): the server must be updated\./,
    );
  } finally {
    await site.stop();
    await library.stop();
  }
});

test.each([
  ["is told while there is time", 151, true],
  ["is not told before", 149, false],
])("[N8] the operator of a server whose manifests expire %s", async (_when, days, isTold) => {
  await clone.serve({ production: true, issuedAt: buildTime() - days * 86_400 });
  await fetch(`${clone.url}/healthz`);
  // All warnings of a request are written at once.
  await expect.poll(() => clone.lines.join()).toContain('"problem":"no_public_url"');
  await clone.stop();
  expect(clone.lines.join().includes('"problem":"manifests_expire"')).toBe(isTold);
});
