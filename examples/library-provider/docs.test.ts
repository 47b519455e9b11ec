import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandName, commands, mustBeDeclared } from "@passage/protocol/commands";
import { failureReasons } from "@passage/providers/failure";
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

test("the docs list every reason with who is to blame, and every command that must be declared", () => {
  for (const [reason, { blames, title }] of Object.entries(failureReasons))
    expect(docs).toContain(`| \`${reason}\` | ${blames} | ${title} |`);
  const [row = ""] = docs.match(/^\| `commands` \|.*$/m) ?? [];
  const listed = [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name).slice(1);
  const declared = (Object.keys(commands) as CommandName[]).filter(mustBeDeclared);
  expect(listed.sort()).toEqual(declared.sort());
});
