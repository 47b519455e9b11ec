import { expect, test, vi } from "vitest";
import { createLink as newLink } from "../../../test/harness/api.ts";
import { givesUp, playLink } from "../../../test/harness/completed-link.ts";
import { launchPassage, runPassage } from "../../../test/harness/run-passage.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

// Each command is a process of its own, and a test runs up to ten.
vi.setConfig({ testTimeout: 120_000 });

const passage = usePassage();
const here = () => ["--data", passage.data];

test("create prints a link that the device can open; its arguments are checked", async () => {
  const { status, stdout } = await runPassage([
    ...["links", "create", "tmobile", 'mobileBillingStatement:read={"limit":3}', "mobileBillingStatement:read"],
    ...["--external-user-id", "user 7", "--expires-in", "60", "--json", ...here()],
  ]);
  expect(status).toBe(0);
  const link = JSON.parse(stdout);
  expect(link).toMatchObject({ status: "pending", appClipUrl: expect.stringContaining(link.claimCode) });
  expect(link.operations).toHaveLength(2);
  const got = await runPassage(["links", "get", link.linkId, "--json", ...here()]);
  expect(JSON.parse(got.stdout)).toMatchObject({ id: link.linkId, externalUserId: "user 7" });

  const refused = await runPassage([
    "links",
    "create",
    "tmobile",
    'mobileBillingStatement:read={"limit":-1}',
    ...here(),
  ]);
  expect(refused).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("limit") });
  expect((await runPassage(["links", "create", "tmobile", "bills", ...here()])).stderr).toContain(
    "bills is no operation",
  );
});

test("list shows the newest first, by status and as many as asked for", async () => {
  const links = [await newLink(passage), await newLink(passage), await newLink(passage)];
  const list = async (...args: string[]) =>
    JSON.parse((await runPassage(["links", "list", "--json", ...args, ...here()])).stdout).links;
  const two = await list("--limit", "2");
  expect(two.map(({ id }: { id: string }) => id)).toEqual([links[2]?.linkId, links[1]?.linkId]);
  expect(await list("--status", "complete")).toEqual([]);
  const { stdout } = await runPassage(["links", "list", ...here()]);
  expect(stdout).toMatch(/^LINK +STATUS +PROVIDER +OPERATIONS +CREATED\nlink_/);
});

test("watch prints each status until the link is complete", async () => {
  const link = await newLink(passage);
  const watching = launchPassage(["links", "watch", link.linkId, ...here()]);
  await watching.line("pending");
  await playLink(passage, link);
  expect(await watching.ended).toBe(0);
  expect(watching.lines.at(-1)).toMatch(/ s {2}complete$/);
});

test("a cancelled link cannot be claimed, and an unknown one is told", async () => {
  const { linkId } = await newLink(passage);
  expect(await runPassage(["links", "cancel", linkId, ...here()])).toMatchObject({
    status: 0,
    stdout: `${linkId} is cancelled.`,
  });
  expect((await runPassage(["links", "watch", linkId, ...here()])).status).toBe(1);
  const unknown = await runPassage(["links", "cancel", "link_unknown", ...here()]);
  expect(unknown).toMatchObject({ status: 1, stderr: expect.stringContaining("not found") });
});

test("watch fails with the reason when the link does, and after its timeout", async () => {
  const link = await newLink(passage);
  await playLink(passage, link, givesUp);
  const failed = await runPassage(["links", "watch", link.linkId, ...here()]);
  expect(failed.status).toBe(1);
  expect(failed.stdout).toMatch(/failed\n[A-Z_]+: /);
  const { linkId } = await newLink(passage);
  const late = await runPassage(["links", "watch", linkId, "--timeout", "1", ...here()]);
  expect(late).toMatchObject({ status: 1, stderr: expect.stringContaining("still pending") });
});

test("address and key come from options or the environment; a missing key is told", async () => {
  const environment = { PASSAGE_URL: passage.url, PASSAGE_API_KEY: passage.testKey ?? "" };
  expect((await runPassage(["links", "list", "--json"], environment)).status).toBe(0);
  const keyed = ["links", "list", "--server", passage.url, "--api-key", passage.testKey ?? ""];
  expect((await runPassage(keyed)).status).toBe(0);
  const elsewhere = await runPassage(["links", "list", "--server", "https://passage.example"]);
  expect(elsewhere).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("No API key for https://passage.example"),
  });
  const wrong = await runPassage(["links", "list", "--server", passage.url, "--api-key", "psg_test_wrong"]);
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toMatch(/req_\w+/);
  expect(wrong.stderr).not.toContain("psg_test_wrong");
});

test("exit status: 2 for wrong usage, 3 for a server that does not answer, 0 for help", async () => {
  expect((await runPassage(["links", "list", "--status", "done"])).status).toBe(2);
  expect((await runPassage(["links", "frobnicate"])).status).toBe(2);
  const gone = await runPassage(["links", "list", "--server", "http://127.0.0.1:9", "--api-key", "psg_test_x"]);
  expect(gone).toMatchObject({ status: 3, stderr: expect.stringContaining("127.0.0.1:9") });
  const help = await runPassage(["--help"]);
  expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining("Exit status: 0 done") });
});
