import { readFileSync } from "node:fs";
import { join } from "node:path";
import { failureReasons } from "@passage/providers/failure";
import * as leafModule from "@passage/providers/reads/leaf";
import * as stepModule from "@passage/providers/steps/step";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const docs = readFileSync(join(root, "docs/providers.md"), "utf8");
const blocks = [...docs.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(([, file = "", text = ""]) => ({
  file,
  text,
}));

test("the docs print the example's files as they are", () => {
  const names = ["provider.ts", "pages.ts", "loans.read.ts", "loans.read.test.ts"];
  expect(blocks.map(({ file }) => file)).toEqual(names.map((name) => `examples/library-provider/${name}`));
  for (const { file, text } of blocks) expect(text, file).toBe(readFileSync(join(root, file), "utf8"));
});

test("the docs list every reason with who is to blame, every leaf, every step and every rule of a parameter", () => {
  for (const [reason, { blames, title }] of Object.entries(failureReasons))
    expect(docs).toContain(`| \`${reason}\` | ${blames} | ${title} |`);
  const { markOf: _, ...leaves } = leafModule;
  const { steps: __, nameOfStep: ___, ...kinds } = stepModule;
  const rules = ["oneOf", "between", "argument", "seen", "lastHeld"];
  for (const name of [...Object.keys(leaves), ...rules]) expect(docs).toContain(`\`${name}(`);
  for (const name of Object.keys(kinds)) expect(docs).toMatch(new RegExp(`\`${name}[\`(]`));
});
