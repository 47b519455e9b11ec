import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PublisherKey } from "@passage/protocol/http/publishers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { testPublisher } from "../../../device/test/publisher.ts";
import { passageBin, removeFolder, temporaryFolder } from "../../../test/harness/passage-process.ts";
import { runPassage } from "../../../test/harness/run-passage.ts";
import { startPublishingServer } from "../testing/publishing-server.ts";

// Each command is a process of its own.
vi.setConfig({ testTimeout: 120_000 });

let config: string;
let file: string;
let acme: PublisherKey;
let server: Awaited<ReturnType<typeof startPublishingServer>>;
beforeEach(async () => {
  config = join(temporaryFolder(), "passage");
  file = join(config, "publishers.json");
  acme = { ...(await testPublisher()).published, name: "Acme Bank" };
  server = await startPublishingServer({ keys: [acme] });
});
afterEach(async () => {
  await server.stop();
  removeFolder(join(config, ".."));
});

const trust = (...words: string[]) => runPassage(["trust", ...words], { PASSAGE_CONFIG: config });
const listed = async (): Promise<{ name: string; thumbprint: string; server: string | null; state: string }[]> =>
  JSON.parse((await trust("list", "--json")).stdout).publishers;
const stateOf = async ({ kid }: PublisherKey) =>
  (await listed()).find(({ thumbprint }) => thumbprint === kid)?.state ?? null;

/** The command on a terminal, where a person types the answer once they are asked. */
async function onTerminal(words: readonly string[], answer: string): Promise<{ status: number; shown: string }> {
  const line = [process.execPath, passageBin, "trust", ...words].map((word) => `'${word}'`).join(" ");
  const env = { ...process.env, PASSAGE_CONFIG: config };
  const child = spawn("script", ["-qec", line, "/dev/null"], { env, stdio: ["pipe", "pipe", "inherit"] });
  let shown = "";
  child.stdout.on("data", (chunk) => {
    shown += chunk;
    if (shown.includes("[y/N]") && child.stdin.writable) child.stdin.end(`${answer}\n`);
  });
  const [status] = await once(child, "close");
  return { status, shown };
}

// The terminal of a test is that of util-linux.
test.runIf(process.platform === "linux")(
  "on a terminal it shows name and thumbprint and asks; a yes is kept for the owner alone, anything else changes nothing",
  async () => {
    for (const answer of ["n", "", "yes please"]) {
      const refused = await onTerminal(["add", server.url], answer);
      expect(refused).toMatchObject({ status: 1, shown: expect.stringContaining("Nothing has changed.") });
      expect(refused.shown).toMatch(new RegExp(`Acme Bank\\s+thumbprint ${acme.kid}`));
    }
    expect(existsSync(file)).toBe(false);
    const agreed = await onTerminal(["add", server.url], "y");
    expect(agreed).toMatchObject({ status: 0, shown: expect.stringContaining("This device trusts Acme Bank") });
    expect([statSync(file).mode & 0o777, statSync(config).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(await stateOf(acme)).toBe("trusted");
  },
);

test("without a terminal it says what to do and changes nothing, unless --yes says that the thumbprint was compared", async () => {
  const unasked = await trust("add", server.url);
  expect(unasked.status).toBe(1);
  expect(unasked.stdout).toBe(`Acme Bank\n  thumbprint ${acme.kid}`);
  expect(unasked.stderr).toBe(
    `Nobody can be asked here. When the thumbprint is the one that the publisher tells you, run: passage trust add ${server.url} --yes`,
  );
  expect(existsSync(file)).toBe(false);
  expect(await trust("add", server.url, "--yes")).toMatchObject({ status: 0, stderr: "" });
  const again = await trust("add", server.url);
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("which this device trusts already") });
});

test("list shows the built-in publishers, those that were added, and where from", async () => {
  await trust("add", server.url, "--yes");
  const [builtIn] = JSON.parse(readFileSync("device/dist/publishers.json", "utf8")).keys;
  expect(await listed()).toMatchObject([
    { name: builtIn.name, thumbprint: builtIn.kid, server: null, state: "trusted", addedAt: null },
    { name: "Acme Bank", thumbprint: acme.kid, server: server.url, state: "trusted", addedAt: expect.any(Number) },
  ]);
  const { stdout } = await trust("list");
  expect(stdout).toMatch(/^NAME +FROM +STATE +THUMBPRINT\n/);
  expect(stdout).toMatch(new RegExp(`Acme Bank +${server.url} +trusted +${acme.kid}`));
});

test("remove takes a name or a thumbprint, a built-in one's too; the removed one is shown as such, and can be added again", async () => {
  await trust("add", server.url, "--yes");
  expect(await trust("remove", "Acme Bank")).toMatchObject({ status: 0, stdout: expect.stringContaining(acme.kid) });
  expect(await stateOf(acme)).toBe("removed");
  expect(await trust("remove", "Acme Bank")).toMatchObject({
    status: 1,
    stderr: "This device trusts no publisher called Acme Bank. See: passage trust list",
  });
  await trust("add", server.url, "--yes");
  expect(await stateOf(acme)).toBe("trusted");
  const [builtIn] = JSON.parse(readFileSync("device/dist/publishers.json", "utf8")).keys;
  expect((await trust("remove", builtIn.kid)).status).toBe(0);
  expect(await stateOf(builtIn)).toBe("removed");
});

test("of two publishers with one name, the thumbprint says which", async () => {
  const namesake = { ...(await testPublisher()).published, name: "Acme Bank" };
  server.publish({ keys: [acme, namesake] });
  await trust("add", server.url, "--yes");
  const unclear = await trust("remove", "Acme Bank");
  expect(unclear).toMatchObject({ status: 1, stderr: expect.stringContaining(`${acme.kid} or ${namesake.kid}`) });
  await trust("remove", namesake.kid);
  expect([await stateOf(acme), await stateOf(namesake)]).toEqual(["trusted", "removed"]);
});

test("what a server has revoked is not trusted any more, whatever it publishes later", async () => {
  await trust("add", server.url, "--yes");
  const next = { ...(await testPublisher()).published, name: "Acme Bank" };
  server.publish({ keys: [next, { ...acme, revoked: true, revokedAt: 1_790_000_000 }] });
  expect(await trust("add", server.url, "--yes")).toMatchObject({ status: 0 });
  expect([await stateOf(acme), await stateOf(next)]).toEqual(["revoked", "trusted"]);
  server.publish({ keys: [acme] });
  expect(await trust("add", server.url, "--yes")).toMatchObject({
    status: 1,
    stderr: "The key of Acme Bank was revoked before: it cannot be trusted again.",
  });
});

test("a server cannot revoke what was taken from another one", async () => {
  const other = await startPublishingServer({ keys: [{ ...acme, revoked: true }] });
  await trust("add", server.url, "--yes");
  expect(await trust("add", other.url, "--yes")).toMatchObject({
    status: 1,
    stderr: `${other.url} publishes no key that is valid.`,
  });
  expect(await stateOf(acme)).toBe("trusted");
  await other.stop();
});

test("the thumbprint is computed, not believed", async () => {
  server.publish({ keys: [{ ...acme, kid: "the-one-that-you-expect" }] });
  expect((await trust("add", server.url)).stdout).toBe(`Acme Bank\n  thumbprint ${acme.kid}`);
});

const strange: Record<string, [unknown, string]> = {
  "no document": [null, "publishes no keys (status 404): it is older than this command, or no Passage server."],
  "no JSON": ["<html>", "is no list of publishers: it is no JSON"],
  "another JSON": [{ keys: [{ kty: "RSA" }] }, "is no list of publishers: ✖"],
  "a name that cannot be seen": [{ keys: [{ name: "Acme\u001b[2J" }] }, "is no list of publishers: ✖"],
  "no key": [{ keys: [] }, "publishes no key that is valid."],
};
test.each(Object.keys(strange))("a server that publishes %s is told as that", async (name) => {
  const [published, says] = strange[name] ?? [];
  server.publish(published);
  const { status, stdout, stderr } = await trust("add", server.url, "--yes");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(says);
  expect(existsSync(file)).toBe(false);
});

test("a key that is no point of the curve is not taken in", async () => {
  server.publish({ keys: [{ ...acme, y: acme.x }] });
  expect(await trust("add", server.url, "--yes")).toMatchObject({ status: 1 });
  expect(existsSync(file)).toBe(false);
});

test("keys come by https, or from this machine; without a server the exit status is 3", async () => {
  expect(await trust("add", "http://passage.example")).toEqual({
    status: 1,
    stdout: "",
    stderr: "Plain http:// is for a server on this machine. Use https://passage.example",
  });
  expect(await trust("add", "http://127.0.0.1:9")).toMatchObject({ status: 3 });
  expect((await trust("add", "passage")).status).toBe(2);
});

test("the help says where it is kept", async () => {
  for (const words of [["--help"], ["add", "--help"], ["list", "--help"], ["remove", "--help"]])
    expect((await trust(...words)).stdout).toContain(`Kept in ${file}, for you alone.`);
});

const broken: Record<string, () => void> = {
  "is no JSON": () => writeFileSync(file, "{", { mode: 0o600 }),
  "holds something else": () => writeFileSync(file, '{"publishers":"all"}', { mode: 0o600 }),
  "others can write to": () => {
    writeFileSync(file, '{"publishers":[],"accepted":{}}');
    chmodSync(file, 0o666);
  },
};
test.each(Object.keys(broken))(
  "[N5] a file that %s is not used: nothing is trusted, and no link is claimed",
  async (name) => {
    mkdirSync(config);
    broken[name]?.();
    for (const words of [["list"], ["add", server.url, "--yes"], ["remove", "Acme Bank"]]) {
      const { status, stderr } = await trust(...words);
      expect([status, stderr], words.join(" ")).toEqual([
        1,
        expect.stringContaining(`${file}, where trusted publishers are kept, cannot be used: `),
      ]);
    }
  },
);
