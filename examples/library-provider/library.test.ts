import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowserProcess } from "../../test/harness/open-device.ts";
import { passageBin } from "../../test/harness/passage-process.ts";

const here = import.meta.dirname;
async function signIn(person: Page, card: string, pin: string): Promise<void> {
  await person.fill("#card-number", card);
  await person.fill("#pin", pin);
  await person.click("#sign-in");
}

function passage(...words: string[]): string {
  return execFileSync(process.execPath, [passageBin, "providers", ...words], { encoding: "utf8" });
}

test("its run reads all pages in a real browser, says what it does, and never what was typed", {
  timeout: 60_000,
}, async () => {
  const words = ["run", "cedar-library", "loans:read", "--dir", here];
  const run = await openBrowserProcess(["providers", ...words]);
  await signIn(run.person, "29038001234567", "2468");
  expect(await run.ended, run.output()).toBe(0);
  expect(run.output()).toContain('"title": "A Psalm for the Wild-Built"');
  expect(run.output()).toMatch(/read loans +\d+ ms {2}ok/);
  expect(run.output()).not.toMatch(/29038001234567|2468|Robin Reed/);
});

test("a blocked card is told as such", { timeout: 60_000 }, async () => {
  const words = ["run", "cedar-library", "loans:read", "--dir", here];
  const run = await openBrowserProcess(["providers", ...words]);
  await signIn(run.person, "29038007654321", "1357");
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain("AUTOMATION_ERROR (account_locked)");
});

test("a folder outside of the repository is recorded, replayed and checked", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "library-provider-"));
  for (const name of ["provider.ts", "pages.ts", "loans.read.ts", "sandbox.ts", "site"])
    cpSync(join(here, name), join(folder, name), { recursive: true });
  const words = ["cedar-library", "loans:read", "--dir", folder];
  const limit = ["--args", '{"limit":4}', "--name", "two-pages"];
  const recorded = await openBrowserProcess(["providers", "record", ...words, ...limit]);
  await signIn(recorded.person, "29038001234567", "2468");
  expect(await recorded.ended, recorded.output()).toBe(0);
  expect(readdirSync(join(folder, "recordings"))).toEqual(["loans-read-two-pages.json"]);
  const made = readFileSync(join(folder, "recordings/loans-read-two-pages.json"), "utf8");
  expect(made).toBe(readFileSync(join(here, "recordings/loans-read-two-pages.json"), "utf8"));
  expect(passage("replay", "--dir", folder)).toMatch(
    /^ok {7}cedar-library +loans-read-two-pages\.json {2}[\d.]+ ms\n$/,
  );
  expect(passage("check", "cedar-library", "--dir", folder)).toBe("ok     cedar-library  1 operations, 1 recordings\n");
  rmSync(folder, { recursive: true });
});
