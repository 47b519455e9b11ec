import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Mutant } from "./mutant.ts";
import { buildMutant } from "./mutant-build.ts";
import { mutants } from "./mutants.ts";

/** Within so many sequences of the small session, a device without one of its checks is found. */
const enough = 4_000;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "passage-mutants-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the sequences on a device that was built so, in a process of its own. */
async function run(mutant: Mutant, many: number): Promise<{ readonly status: number | null; readonly output: string }> {
  const file = join(folder, `${mutant.name.replaceAll(" ", "-")}.mjs`);
  await buildMutant(mutant, file);
  const child = spawn(process.execPath, [file, "1", String(many), "small"], { stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status, output: output + errors };
}

test("the device as it is passes, bundled as its mutants are", { timeout: 600_000 }, async () => {
  const { status, output } = await run({ name: "whole", pieces: [] }, enough / 4);
  expect(status, output).toBe(0);
});

test.concurrent.for(mutants)("without $name the property fails", { timeout: 600_000 }, async (mutant, { expect }) => {
  const { status, output } = await run(mutant, enough);
  expect(output).toMatch(/^Property failed in sequence \d+/);
  expect(status).toBe(1);
});
