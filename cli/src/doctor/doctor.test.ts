import { once } from "node:events";
import { chmodSync, globSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeFolder, startPassage, temporaryFolder } from "../../../test/harness/passage-process.ts";
import { runPassage } from "../../../test/harness/run-passage.ts";
import type { Finding } from "./finding.ts";

async function examine(...args: string[]) {
  const { status, stdout } = await runPassage(["doctor", "--json", ...args]);
  const { findings, faults } = JSON.parse(stdout) as { findings: Finding[]; faults: number };
  const find = (about: string) => findings.find((one) => one.about.startsWith(about));
  return { status, faults, find, findings };
}

test("all is well beside a running server, and it says so to people too", async () => {
  const passage = await startPassage();
  const here = ["--data", passage.data, "--port", String(passage.port)];
  const { status, faults, find } = await examine(...here);
  expect({ status, faults }).toEqual({ status: 0, faults: 0 });
  expect(find("port")?.found).toContain("answers there");
  expect(find("workerd")?.found).toMatch(/workerd \d{4}-\d\d-\d\d/);
  const { stdout } = await runPassage(["doctor", ...here]);
  expect(stdout).toMatch(/^ok +Node: v\d+/);
  expect(stdout).toContain("Nothing is in the way.");
  await passage.stop();
  removeFolder(passage.data);
});

test("a port that is taken, secrets that others may read and a damaged database are faults with advice", async () => {
  const passage = await startPassage();
  await passage.stop();
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  chmodSync(join(passage.data, "secret"), 0o644);
  const [database] = globSync("objects/organization/[0-9a-f]*.sqlite", { cwd: passage.data });
  writeFileSync(join(passage.data, database ?? ""), "not a database, but long enough to be looked at".repeat(100));
  const { status, find } = await examine("--data", passage.data, "--port", String(port));
  expect(status).toBe(1);
  expect(find("port")).toMatchObject({ state: "fault", advice: expect.stringContaining(`--port ${port + 1}`) });
  expect(find("secret")).toMatchObject({ state: "fault", advice: expect.stringContaining("chmod 600") });
  expect(find("databases")).toMatchObject({ state: "fault", advice: expect.stringContaining("restore a backup") });
  taken.close();
  removeFolder(passage.data);
});

test("a folder that no server was started on is new, not broken", async () => {
  const folder = temporaryFolder();
  const { find } = await examine("--data", join(folder, "new"), "--port", "0");
  expect(find("data folder")).toMatchObject({ state: "ok", found: expect.stringContaining("is new") });
  removeFolder(folder);
});
