import { appendFileSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { createLink } from "../../test/harness/api.ts";
import { endedLink, givesUp } from "../../test/harness/completed-link.ts";
import { createSession } from "../../test/harness/developer-session.ts";
import { removeFolder, temporaryFolder } from "../../test/harness/passage-process.ts";
import { startReceiver } from "../../test/harness/receiver.ts";
import { launchPassage, runPassage } from "../../test/harness/run-passage.ts";
import { usePassage } from "../../test/harness/use-passage.ts";
import { logFile, logFiles, ServerLog } from "./logs/server-log.ts";

// Each command is a process of its own, and a test runs up to ten.
vi.setConfig({ testTimeout: 120_000 });

const passage = usePassage();
const here = () => ["--data", passage.data];
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await runPassage([...args, "--json", ...here()]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
};

test("logs tail prints what the server wrote and what it writes, to people and to programs", async () => {
  const first = await createLink(passage);
  const tailing = launchPassage(["logs", "tail", "--json", ...here()]);
  await tailing.line("Following the log");
  const { linkId } = await endedLink(passage, {}, givesUp);
  const settled = JSON.parse(await tailing.line('"link.settled"'));
  expect(settled).toMatchObject({ event: "link.settled", linkId, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
  const request = JSON.parse(await tailing.line('"/v1/links"'));
  expect(request).toMatchObject({
    event: "request",
    method: "POST",
    route: "/v1/links",
    status: 201,
    ms: expect.any(Number),
  });
  expect(await tailing.stop()).toBe(0);
  expect(tailing.lines.join("\n")).not.toContain(first.claimCode);

  const { stdout } = await runPassage(["logs", "tail", "--no-follow", "--link", linkId, "-n", "500", ...here()]);
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {2}\w+ +link\.settled /m);
  for (const line of stdout.split("\n")) expect(line).toContain(linkId);
  const requests = await runPassage(["logs", "tail", "--no-follow", "--event", "request", "-n", "500", ...here()]);
  expect(requests.stdout).toMatch(/info {3}request {2}POST \/v1\/links 201 {2}\d+ ms/);
  expect(statSync(logFile(passage.data)).mode & 0o777).toBe(0o600);
});

test("the log is kept in files of a limited size, and a tail goes on across them", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "server.json"), JSON.stringify({ pid: 1, workerdPid: 1, url: "http://localhost:1" }));
  mkdirSync(join(folder, "log"));
  const log = new ServerLog(folder, (error) => {
    throw error;
  });
  log.add('{"event":"first"}');
  const tailing = launchPassage(["logs", "tail", "--data", folder]);
  await tailing.line("Following");
  const filler = "x".repeat(1024 * 1024);
  for (let count = 0; count < 50; count++) log.add(JSON.stringify({ event: "filler", filler }));
  log.add("*** Fatal uncaught kj::Exception");
  expect(await tailing.line("Fatal")).toMatch(/error {2}workerd {2}message=\*\*\* Fatal/);
  await tailing.stop();
  const sizes = logFiles(folder).map((file) => statSync(file).size);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(8 * 1024 * 1024);
  expect(sizes).toHaveLength(5);
  // A line that the server has begun and not ended is no line yet.
  appendFileSync(logFile(folder), '{"event":"half');
  const { stdout } = await runPassage(["logs", "tail", "--no-follow", "-n", "1", "--data", folder]);
  expect(stdout).toContain("Fatal");
  removeFolder(folder);
});

test("sessions are listed, looked at and ended", async () => {
  const { sessionId } = await createSession(passage);
  const { sessions } = await json("sessions", "list", "--limit", "1");
  expect(sessions).toEqual([expect.objectContaining({ id: sessionId, linkId: null })]);
  expect((await runPassage(["sessions", "list", ...here()])).stdout).toMatch(/^SESSION +STATUS +LINK +ERROR/);
  expect(await json("sessions", "end", sessionId)).toMatchObject({ id: sessionId });
  expect(await json("sessions", "get", sessionId)).toMatchObject({ phase: "failed" });
  const unknown = await runPassage(["sessions", "get", "sess_unknown", ...here()]);
  expect(unknown).toMatchObject({ status: 1, stderr: expect.stringContaining("not found") });
});

test("[N2] a key has a name and an organization has a name", async () => {
  await json("keys", "create", "--name", "ci-runner key for Bob");
  expect(await json("organizations", "get", "default")).toMatchObject({ id: "default", name: "Your app" });
  await json("keys", "create", "--organization", "acme", "--organization-name", "Acme Ltd", "--name", "CI");
  expect(await json("organizations", "rename", "acme", "Acme Bank")).toMatchObject({ id: "acme", name: "Acme Bank" });
  await json("keys", "create", "--organization", "acme", "--name", "another");
  expect(await json("organizations", "list")).toMatchObject({
    organizations: expect.arrayContaining([expect.objectContaining({ id: "acme", name: "Acme Bank" })]),
  });
  const unknown = await runPassage(["organizations", "rename", "acne", "x", ...here()]);
  expect(unknown).toMatchObject({ status: 1, stderr: "There is no organization acne, but acme, default." });
  const { entries } = await json("audit", "--operator");
  expect(entries[0]).toMatchObject({ actor: "operator", action: "organization.updated", target: "acme" });
});

test("endpoints are created, tested, changed and deleted", async () => {
  const receiver = await startReceiver();
  const { id, secret } = await json(
    "endpoints",
    "create",
    receiver.url,
    "--events",
    "link.complete",
    "--description",
    "CI",
  );
  expect(secret).toMatch(/^whsec_/);
  const { eventId } = await json("endpoints", "test", id);
  const [delivery] = await receiver.count(1);
  expect(JSON.parse(delivery?.body ?? "")).toMatchObject({ id: eventId });
  expect((await json("endpoints", "rotate-secret", id, "--overlap", "0")).secret).not.toBe(secret);
  expect(await json("endpoints", "update", id, "--disable", "--events", "link.failed")).toMatchObject({
    disabled: true,
    eventTypes: ["link.failed"],
    description: "CI",
  });
  const { stdout } = await runPassage(["endpoints", "list", ...here()]);
  expect(stdout).toMatch(/^ENDPOINT +URL +EVENTS +STATE +LAST 24 HOURS +LAST SUCCESS\nwhe_/);
  expect(stdout).toMatch(/disabled \(by_owner\) +100 % of 1/);
  const nothing = await runPassage(["endpoints", "update", id, ...here()]);
  expect(nothing).toMatchObject({ status: 1, stderr: expect.stringContaining("Say what to change") });
  expect(await json("endpoints", "delete", id)).toEqual({ id, deleted: true });
  expect(await json("endpoints", "list")).toEqual({ endpoints: [] });
  await receiver.stop();
});

test("health reports on the server and on each operation; audit on who changed what", async () => {
  await endedLink(passage);
  const { server, operations } = await json("health");
  expect(server).toEqual({ url: passage.url, status: "ok", ms: expect.any(Number) });
  const bills = operations.find((one: { provider: string; resource: string }) => one.provider === "tmobile");
  expect(bills).toMatchObject({ action: "read", success: expect.any(Number) });
  expect((await runPassage(["health", ...here()])).stdout).toMatch(/: ok, in \d+ ms\n\nPROVIDER +OPERATION/);
  const { id } = await json("keys", "create", "--name", "audited");
  const { entries } = await json("audit", "--limit", "1");
  expect(entries).toEqual([expect.objectContaining({ action: "key.created", target: id, actor: "operator" })]);
  expect((await runPassage(["audit", ...here()])).stdout).toMatch(/^TIME +BY +ACTION +ON +REQUEST\n/);
});
