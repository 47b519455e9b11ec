import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { createConnection } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLink, request } from "../../test/harness/api.ts";
import { passageBin, removeFolder, startPassage, temporaryFolder } from "../../test/harness/passage-process.ts";
import { outputOf } from "../../test/harness/process-output.ts";
import { runPassage } from "../../test/harness/run-passage.ts";

/** Both streams together, as a terminal shows them. */
const run = async (...args: string[]) => {
  const { status, stdout, stderr } = await runPassage(args);
  return { status, output: stdout + stderr };
};

test("a request that is under way when SIGTERM comes is answered", async () => {
  const passage = await startPassage();
  const body = JSON.stringify({ integrationId: "tmobile", resource: "mobileBillingStatement", action: "read" });
  const headers = { authorization: `Bearer ${passage.testKey}`, "content-length": body.length };
  const slow = httpRequest(`${passage.url}/v1/links`, { method: "POST", headers });
  const answered = once(slow, "response");
  slow.write(body.slice(0, 10));
  // The server has the first half before it is told to stop: the connection's next answer comes behind it.
  await request(passage, "GET", "/healthz");
  const stopped = passage.stop();
  await passage.line("Stopping");
  slow.end(body.slice(10));
  const [response] = await answered;
  expect(response.statusCode).toBe(201);
  response.resume();
  expect(await stopped).toBe(0);
  removeFolder(passage.data);
});

test("a server that ends by itself is started again at the same address, with all that it had", async () => {
  const passage = await startPassage();
  const { linkId } = await createLink(passage);
  const { workerdPid } = JSON.parse(readFileSync(join(passage.data, "server.json"), "utf8"));
  process.kill(workerdPid, "SIGKILL");
  await passage.line("The server ended by itself and is started again: workerd was ended by SIGKILL");
  await passage.line(`Passage is running again at ${passage.url}`);
  expect((await request(passage, "GET", `/v1/links/${linkId}`)).body).toMatchObject({ status: "pending" });
  expect(await passage.stop()).toBe(0);
  removeFolder(passage.data);
});

test("no open file for a connection: what to do is said, and it runs again", { timeout: 60_000 }, async () => {
  // Whether workerd takes a connection apart or ends depends on whether one file is left or none.
  const passages = await Promise.all(
    [300, 301].map((files) => startPassage({ launcher: ["sh", "-c", `ulimit -n ${files}; exec "$@"`, "sh"] })),
  );
  await Promise.any(
    passages.map(async (passage) => {
      const connections = Array.from({ length: 400 }, () => createConnection(passage.port, "127.0.0.1"));
      for (const connection of connections) connection.on("error", () => {});
      await passage.line("Raise the limit on open files");
      for (const connection of connections) connection.destroy();
      await passage.line("Passage is running again");
      expect((await request(passage, "GET", "/healthz")).status).toBe(200);
    }),
  );
  for (const passage of passages) {
    expect(await passage.stop()).toBe(0);
    removeFolder(passage.data);
  }
});

test("a second server on the folder is refused; one left behind by a kill -9 is replaced", async () => {
  const first = await startPassage();
  const second = await run("start", "--data", first.data, "--port", "0");
  expect(second).toEqual({ status: 1, output: expect.stringContaining(`A server already runs on ${first.data}`) });
  const { pid, workerdPid } = JSON.parse(readFileSync(join(first.data, "server.json"), "utf8"));
  process.kill(pid, "SIGKILL");
  const third = await startPassage({ data: first.data });
  // Its parent is gone: it is the system that takes note of its end.
  await expect.poll(() => spawnSync("kill", ["-0", String(workerdPid)]).status, { timeout: 10_000 }).not.toBe(0);
  expect((await request(third, "GET", "/healthz")).status).toBe(200);
  await third.stop();
  removeFolder(first.data);
});

test("[R3] a server whose start was killed before it was noted is replaced, and two starts at once make one server", async () => {
  const data = temporaryFolder();
  const workerds = () =>
    execFileSync("ps", ["-axww", "-o", "pid=,command="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes("workerd") && line.includes(join(data, "workerd.capnp")));
  const first = spawn(process.execPath, [passageBin, "start", "--data", data, "--port", "0"]);
  await expect.poll(workerds, { interval: 1, timeout: 20_000 }).toHaveLength(1);
  const [orphan = ""] = workerds();
  first.kill("SIGKILL");
  await once(first, "exit");
  rmSync(join(data, "server.json"), { force: true });

  const both = [0, 1].map(() => spawn(process.execPath, [passageBin, "start", "--data", data, "--port", "0"]));
  const outputs = both.map(outputOf);
  const refused = await Promise.any(outputs.map(async ({ line }) => line("A server already runs on")));
  expect(refused).toContain(data);
  await Promise.any(outputs.map(({ line }) => line("Passage is running at")));
  expect(workerds()).toHaveLength(1);
  expect(workerds()).not.toContain(orphan);
  for (const output of outputs) await output.stop();
  expect(workerds()).toHaveLength(0);
  removeFolder(data);
});

test("[N15][N8] in production a test key is refused when it is made, and what is not set is a warning", async () => {
  const passage = await startPassage({ arguments: ["--production"] });
  await passage.line("Warning: public URL: PUBLIC_URL is not set");
  const made = await run("keys", "create", "--data", passage.data);
  expect(made).toMatchObject({ status: 1, output: expect.stringContaining("mode") });
  // The CLI's own key is a live one.
  expect(await run("links", "list", "--data", passage.data)).toEqual({ status: 0, output: "No links." });
  const { output } = await run("doctor", "--data", passage.data, "--port", String(passage.port));
  expect(output).toContain("warning  public URL: PUBLIC_URL is not set");
  await passage.stop();
  removeFolder(passage.data);
});
