import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createLink, getLink } from "../../test/harness/api.ts";
import { connectWorker, createSession } from "../../test/harness/developer-session.ts";
import { escapes } from "../../test/harness/hostile-server.ts";
import { removeFolder, startPassage, temporaryFolder } from "../../test/harness/passage-process.ts";
import { runPassage } from "../../test/harness/run-passage.ts";
import { usePassage } from "../../test/harness/use-passage.ts";

vi.setConfig({ testTimeout: 60_000 });

const passage = usePassage();
let folder: string;
let link: Awaited<ReturnType<typeof createLink>>;
beforeAll(async () => {
  folder = temporaryFolder();
  writeFileSync(join(folder, "not-chromium"), "#!/bin/sh\necho this is no browser >&2\nexit 3\n", { mode: 0o755 });
  writeFileSync(join(folder, "no-key.json"), '{"kty":"none"}');
  writeFileSync(join(folder, "publishers.json"), "[]");
  link = await createLink(passage);
});
afterAll(() => removeFolder(folder));

/** Whatever can fail before a device is ready: options, environment, and the sentence that says what to do. */
const failures: Record<string, () => { args?: string[]; environment?: Record<string, string>; says: string }> = {
  "no display": () => ({
    args: [],
    environment: { DISPLAY: "", WAYLAND_DISPLAY: "" },
    says: "xvfb-run, or use --headless",
  }),
  "a display that is not there": () => ({
    args: [],
    environment: { DISPLAY: ":987" },
    says: "xvfb-run, or use --headless",
  }),
  "no Chromium": () => ({ environment: { PASSAGE_CHROMIUM: join(folder, "none") }, says: "is not an executable" }),
  "a Chromium that ends": () => ({
    environment: { PASSAGE_CHROMIUM: join(folder, "not-chromium") },
    says: "Chromium did not start (exit code 3). this is no browser",
  }),
  "no room for a profile": () => ({
    environment: { TMPDIR: join(folder, "none") },
    says: "Set TMPDIR to a folder that this user can write to",
  }),
  "a temporary folder that is a file": () => ({
    environment: { TMPDIR: join(folder, "no-key.json") },
    says: "Set TMPDIR to a folder that this user can write to",
  }),
  "a window that does not show, and nobody else to ask": () => ({
    args: ["--headless"],
    says: "Nobody can be asked in a window that does not show",
  }),
  "a publisher's file that is missing": () => ({
    args: ["--headless", "--agree", "--trust-publisher", join(folder, "none.json")],
    says: "holds no public key",
  }),
  "a publisher's file without a key": () => ({
    args: ["--headless", "--agree", "--trust-publisher", join(folder, "no-key.json")],
    says: "holds no public key",
  }),
  "a list of trusted publishers that is broken": () => ({
    environment: { PASSAGE_CONFIG: folder },
    says: "publishers.json, where trusted publishers are kept, cannot be used",
  }),
  "a ledger that cannot be saved": () => ({
    args: ["--headless", "--agree", "--ledger", join(folder, "none/ledger.json")],
    says: "none/ledger.json cannot be written (ENOENT)",
  }),
  "a debugging port that is taken": () => ({
    args: ["--headless", "--agree", "--cdp-port", String(passage.port)],
    says: `no debugging port ${passage.port}: something else may be using it`,
  }),
};

test.each(Object.keys(failures))("[N5] %s: nothing is claimed, and the message says what to do", async (name) => {
  const { args = ["--headless", "--agree"], environment = {}, says } = failures[name]?.() ?? { says: name };
  const { status, stdout, stderr } = await runPassage(["open", link.appClipUrl, ...args], environment);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(says);
  expect(stderr).not.toContain("    at ");
  expect(await getLink(passage, link.linkId)).toMatchObject({ status: "pending" });
});

test("[N5] an address that a device would refuse afterwards is refused before anything is asked", async () => {
  const { status, stderr } = await runPassage(["open", `http://192.0.2.1/claim?code=${link.claimCode}`, "--headless"]);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "Plain http:// is for a server on this machine. Use https://192.0.2.1 with the same code.",
  });
});

test("[N5] at another address than PUBLIC_URL the link is left, and the message says where to open it", async () => {
  const server = await startPassage({ arguments: ["--public-url", "https://passage.example"] });
  const { linkId, claimCode } = await createLink(server);
  const opened = await runPassage(["open", `${server.url}/claim?code=${claimCode}`, "--headless", "--agree"]);
  expect(opened).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("Open the link at https://passage.example. It was not taken."),
  });
  expect(await getLink(server, linkId)).toMatchObject({ status: "pending" });
  await server.stop();
  removeFolder(server.data);
});

test("[N16] without a server the exit status is 3", async () => {
  const gone = await runPassage(["open", "clm_unknown", "--headless", "--server", "http://127.0.0.1:9"]);
  expect(gone).toMatchObject({ status: 3, stderr: "The server at http://127.0.0.1:9 does not answer. Is it running?" });
});

test("[R1] what a developer's worker says is printed without its control characters", async () => {
  const session = await createSession(passage);
  const worker = await connectWorker(session);
  const opened = runPassage(["open", `${session.websocketUrl}?token=${session.clientToken}`, "--headless"]);
  await worker.message("server.client_ready");
  worker.send({ type: "worker.fail", error: { code: "AUTOMATION_ERROR", message: escapes } });
  const { status, stdout } = await opened;
  expect(status).toBe(1);
  expect(stdout).toContain("What left this device");
  expect(stdout).toContain("\\u001b[2J");
  expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
  expect(stdout).not.toMatch(/^Complete/m);
});
