import { globSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pack } from "../../cli/src/data/archive.ts";
import { backup as backUp } from "../../cli/src/data/backup.ts";
import { restore } from "../../cli/src/data/restore.ts";
import { checkData } from "../../cli/src/doctor/data-checks.ts";
import { DataFolder } from "../../cli/src/runtime/data-folder.ts";
import { ownSchema } from "../../cli/src/runtime/schema-version.ts";
import { request } from "../harness/api.ts";
import { removeFolder, startPassage } from "../harness/passage-process.ts";
import { runPassage } from "../harness/run-passage.ts";
import { notesOf, objectsIn, openFixture, releases, versionsIn, withDatabase } from "./data-folder.ts";

/** What a folder holds of a newer release. */
const newer: { readonly [name: string]: (data: string) => void } = {
  "its own version": (data) =>
    writeFileSync(join(data, "schema.json"), JSON.stringify({ ...ownSchema(), organization: 99 })),
  "one organization": (data) => makeNewer(objectsIn(data, "organization")[0] ?? ""),
  "the directory": (data) => makeNewer(objectsIn(data, "directory")[0] ?? ""),
  "one session": (data) => makeNewer(objectsIn(data, "session")[0] ?? ""),
};

/** As a release after this one leaves it. */
function makeNewer(file: string): void {
  withDatabase(file, (database) =>
    database.exec(`CREATE TABLE IF NOT EXISTS schema_version (one INTEGER PRIMARY KEY, version INTEGER NOT NULL);
      INSERT OR REPLACE INTO schema_version (one, version) VALUES (1, 99)`),
  );
}

let data: string;

function open(makeIt: (data: string) => void): void {
  data = openFixture(releases.at(-1) ?? "");
  makeIt(data);
}
afterEach(() => removeFolder(dirname(data)));

describe.each(Object.entries(newer))("a folder that has of a newer release %s", (_, makeIt) => {
  let before: ReturnType<typeof filesOf>;
  beforeEach(() => {
    open(makeIt);
    before = filesOf();
  });

  test("is not backed up", async () => {
    const backup = join(dirname(data), "backup");
    expectOneLine(await refusalOf(backUp(backup, { data })));
    expect(readdirSync(dirname(data))).toEqual(["data"]);
    expect(filesOf()).toEqual(before);
  });

  test("is not restored", async () => {
    const backup = join(dirname(data), "backup");
    await pack(data, backup, Date.now());
    const refused = await refusalOf(restore(backup, { data: join(dirname(data), "restored") }));
    expectOneLine(refused, " Nothing was restored.");
    expect(readdirSync(dirname(data))).toEqual(["backup", "data"]);
  });

  test("has a fault that doctor finds", () => {
    const found = [...checkData(new DataFolder(data))].find(({ about }) => about === "schema");
    expect(found?.state).toBe("fault");
    expectOneLine(found?.advice);
    expect(filesOf()).toEqual(before);
  });
});

test.each(["its own version", "one organization", "the directory"])(
  "no server starts on a folder that has of a newer release %s",
  async (name) => {
    open(newer[name] as (data: string) => void);
    const before = filesOf();
    const { status, stdout, stderr } = await runPassage(["start", "--port", "0", "--data", data]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expectOneLine(stderr);
    expect(filesOf()).toEqual(before);
  },
);

test("a newer session refuses when it wakes, with one line in the log, and is left as it is", async () => {
  const { testKey, session } = notesOf(releases.at(-1) ?? "");
  open((folder) => {
    for (const file of objectsIn(folder, "session")) makeNewer(file);
  });
  const passage = { ...(await startPassage({ data })), testKey };
  const { status } = await request(passage, "GET", `/v1/sessions/${session.sessionId}`);
  expect(status).toBe(500);
  const { reason } = await passage.logged("request.failed", session.sessionId);
  expect(reason).toMatch(/^NewerSchemaError: This session was written by a newer release: its schema has version 99,/);
  expect(new Set(versionsIn(data, "session"))).toEqual(new Set([99]));
  await passage.stop();
});

test("a damaged object has no version, and doctor names the damage", () => {
  open((folder) => writeFileSync(objectsIn(folder, "directory")[0] ?? "", "no database"));
  const findings = [...checkData(new DataFolder(data))];
  const stateOf = (name: string) => findings.find(({ about }) => about === name);
  expect(stateOf("databases")).toMatchObject({ state: "fault", found: expect.stringContaining("objects/directory/") });
  expect(stateOf("schema")).toMatchObject({ state: "ok" });
});

const refusalOf = (run: Promise<number>) =>
  run.then(
    (status) => `ended with ${status}`,
    (error: Error) => error.message,
  );

/** It says what is newer, and what to do. */
function expectOneLine(text: string | null | undefined, after = ""): void {
  expect(text).toMatch(
    /^[^\n]+ was written by a newer release of Passage \(schema [\d.]+; this release knows [\d.]+\)\. [^\n]+$/,
  );
  expect(text).toContain(
    `Use the newer release, or restore a backup from before the upgrade to another folder.${after}`,
  );
}

/** What the folder holds, but for what SQLite puts beside a database to read it. */
function filesOf(): { name: string; text: string | null }[] {
  return globSync("**/*", { cwd: data, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/-(shm|wal)$/.test(entry.name) && !entry.name.endsWith(".lock"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((name) => ({ name, text: name.endsWith(".sqlite") ? null : readFileSync(name, "utf8") }));
}
