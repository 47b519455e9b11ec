import { expect, test, vi } from "vitest";
import { request } from "../../../test/harness/api.ts";
import { runPassage } from "../../../test/harness/run-passage.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

// Each command is a process of its own, and a test runs up to ten.
vi.setConfig({ testTimeout: 120_000 });

const passage = usePassage();
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await runPassage(["keys", ...args, "--json", "--data", passage.data]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
};
const statusWith = async (key: string) => (await request(passage, "GET", "/v1/links", undefined, { key })).status;

test("a key's life: made with scopes and an end, listed, rotated, revoked", async () => {
  const made = await json("create", "--name", "CI", "--scopes", "links:read", "events:read", "--expires-in", "3600");
  expect(made).toMatchObject({ name: "CI", mode: "test", scopes: ["links:read", "events:read"] });
  expect(await statusWith(made.key)).toBe(200);
  const { keys } = await json("list");
  expect(keys.find(({ id }: { id: string }) => id === made.id)).toMatchObject({ hint: made.key.slice(-4) });
  expect(JSON.stringify(keys)).not.toContain(made.key);

  const next = await json("rotate", made.id, "--overlap", "0");
  expect([await statusWith(made.key), await statusWith(next.key)]).toEqual([401, 200]);
  expect(await json("revoke", next.id)).toMatchObject({ id: next.id, revokedAt: expect.any(Number) });
  expect(await statusWith(next.key)).toBe(401);
  const { stdout } = await runPassage(["keys", "list", "--data", passage.data]);
  expect(stdout).toMatch(/^KEY +ENDS IN +NAME +SCOPES +STATE +LAST USED\n/);
  expect(stdout).toContain("revoked");
});

test("by a key: in the mode of that key, and never more than it may do", async () => {
  const live = await json("create", "--mode", "live");
  expect(live.key).toMatch(/^psg_live_/);
  const own = await json("create", "--api-key", live.key);
  expect(own.mode).toBe("live");
  const reader = await json("create", "--scopes", "links:read", "keys:write");
  const more = await runPassage(["keys", "create", "--api-key", reader.key, "--server", passage.url]);
  expect(more).toMatchObject({ status: 1, stdout: "" });
});

test("the CLI makes itself another key when its own was revoked", async () => {
  const { keys } = await json("list");
  for (const { id, revokedAt } of keys) if (revokedAt === null) await json("revoke", id);
  expect((await json("list")).keys[0]).toMatchObject({ revokedAt: null });
});

test("another organization has keys of its own, and none of ours", async () => {
  const theirs = await json("create", "--organization", "acme");
  const ours = (await json("list")).keys;
  expect(ours.map(({ id }: { id: string }) => id)).not.toContain(theirs.id);
});
