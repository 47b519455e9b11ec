import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCli } from "../../cli/build.ts";
import { removeFolder, temporaryFolder } from "../harness/passage-process.ts";
import { runPassage } from "../harness/run-passage.ts";
import { playWholeLoop } from "./whole-loop.ts";

const root = join(import.meta.dirname, "../..");
let folder: string;
let binary: string;

/** The package as published, in a folder outside of the clone, with the dependencies that it declares and no others. */
beforeAll(async () => {
  folder = temporaryFolder();
  const installed = join(folder, "node_modules/@passage/cli");
  await buildCli(installed);
  binary = join(installed, "bin/passage.js");
  const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    const place = join(folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, "node_modules", name), place);
  }
});
afterAll(() => removeFolder(folder));

test("[N4] the packed command starts a server, makes a key and a link, and is its device", { timeout: 120_000 }, () =>
  playWholeLoop(binary, folder),
);

test("[N4] its other commands find their parts, or say where they work", async () => {
  const passage = (...args: string[]) => runPassage(args, { PASSAGE_DATA: join(folder, "none") }, binary);
  expect(await passage("sandbox", "users")).toMatchObject({ status: 0, stdout: expect.stringContaining("user_good") });
  expect((await passage("doctor")).stdout).toContain(join("@passage", "cli", "server", "dist", "worker.js"));
  expect(await passage("providers", "check")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("There is no provider.ts here."),
  });
  const { stderr } = await passage("keys", "create");
  expect(stderr).toContain("npx @passage/cli start");
  expect(stderr).not.toContain("npm start");
});

test("[N4] no page, message or document names a package that is not ours", () => {
  const texts = [
    "README.md",
    "connect/README.md",
    "cli/README.md",
    "deploy/README.md",
    "docs/webhooks.md",
    "docs/providers.md",
  ];
  for (const file of [...texts, "server/dist/worker.js"])
    expect(readFileSync(join(root, file), "utf8"), file).not.toMatch(/npx passage/);
});
