import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claim, createLink, request } from "../../test/harness/api.ts";
import { passageBin, removeFolder, startPassage, temporaryFolder } from "../../test/harness/passage-process.ts";
import { runPassage } from "../../test/harness/run-passage.ts";
import { connect } from "../../test/harness/scripted-device.ts";

/** Both streams together, as a terminal shows them. */
const run = async (...args: string[]) => {
  const { status, stdout, stderr } = await runPassage(args);
  return { status, output: stdout + stderr };
};

test("it stops cleanly on SIGTERM, with a device connected, and the next start has the same data", async () => {
  const first = await startPassage();
  const link = await createLink(first);
  const claimed = await claim(first, link.claimCode);
  const device = await connect(claimed.websocketUrl, "client", claimed.clientToken);
  device.socket.on("error", () => {});
  expect(await first.stop()).toBe(0);
  const second = await startPassage({ data: first.data });
  expect(second.testKey).toBe(null);
  const again = { ...second, testKey: first.testKey };
  expect((await request(again, "GET", `/v1/links/${link.linkId}`)).body).toMatchObject({ status: "active" });
  await second.stop();
  removeFolder(first.data);
});

test("settings that the server could not read are told before it starts", async () => {
  const data = temporaryFolder();
  const started = (environment: Record<string, string>) => {
    const child = spawnSync(process.execPath, [passageBin, "start", "--port", "0", "--data", data], {
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    return { status: child.status, output: `${child.stdout}${child.stderr}`.trim() };
  };
  expect(started({ RATE_LIMIT_KEY: "many" })).toEqual({
    status: 1,
    output: 'RATE_LIMIT_KEY: A rate limit is <requests>/<seconds>, such as 1000/10, not "many".',
  });
  for (const url of ["passage.example.com", "https://example.com/passage", "ftp://example.com"])
    expect(started({ PUBLIC_URL: url })).toMatchObject({
      status: 2,
      output: expect.stringContaining("Give scheme and host alone"),
    });
  removeFolder(data);
});

test("[N8] a public address that no device would open keeps the server from starting", async () => {
  const data = temporaryFolder();
  const address = ["--production", "--public-url", "http://passage.example.com"];
  const { status, output } = await run("start", "--port", "0", "--data", data, ...address);
  expect({ status, output }).toEqual({
    status: 1,
    output: expect.stringContaining("is plain http, which devices refuse"),
  });
  const doctor = await run("doctor", "--port", "0", "--data", data, ...address);
  expect(doctor).toMatchObject({ status: 1, output: expect.stringContaining("FAULT    public URL") });
  removeFolder(data);
});

test("secrets are files that only the owner can read, and the configuration holds none", async () => {
  const passage = await startPassage();
  for (const name of ["secret", "operator-token"]) {
    const path = join(passage.data, name);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(passage.data, "workerd.capnp"), "utf8")).not.toContain(readFileSync(path, "utf8").trim());
  }
  await passage.stop();
  removeFolder(passage.data);
});

test("a port in use is named, with what to do", async () => {
  const first = await startPassage();
  const data = temporaryFolder();
  const { status, output } = await run("start", "--data", data, "--port", String(first.port));
  expect(status).toBe(1);
  expect(output).toContain(`Port ${first.port} on 127.0.0.1 is in use`);
  await first.stop();
  for (const folder of [data, first.data]) removeFolder(folder);
});

test("keys create prints a key that works, and says so when no server runs", async () => {
  const passage = await startPassage();
  const { status, output } = await run("keys", "create", "--json", "--data", passage.data);
  expect(status).toBe(0);
  const { key } = JSON.parse(output);
  expect(key).toMatch(/^psg_test_/);
  expect((await request(passage, "GET", "/v1/links", undefined, { key })).status).toBe(200);
  const live = JSON.parse((await run("keys", "create", "--mode", "live", "--json", "--data", passage.data)).output);
  expect(live.key).toMatch(/^psg_live_/);
  await passage.stop();
  expect(await run("keys", "create", "--data", passage.data)).toEqual({
    status: 3,
    output: expect.stringContaining("No server runs on"),
  });
  removeFolder(passage.data);
});
