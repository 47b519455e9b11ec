import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The guarantee of `docs/privacy.md`: each of its sentences names tests that fail without it, by title and file. Every title must be
 * that of a test in its file, so that a renamed or deleted test leaves no sentence unproved.
 */
const page = "docs/privacy.md";
const text = readFileSync(page, "utf8");
const [, guarantee = ""] = /\n## The guarantee\n([\s\S]*?)\n### How it is held\n/.exec(text) ?? [];
const rows = [...guarantee.matchAll(/^\| (?!Sentence \|)([^|]+) \| ([^|]*) \|$/gm)];
const problems: string[] = rows.length === 0 ? [`${page} has no table of sentences under "The guarantee"`] : [];
/** A title after `test(`, `test.each(…)(`, or the last line of a list of `test.each` that has several. */
const titled = /(?:\b(?:test|describe)(?:\.\w+)*(?:\([^\n]*?\))?|^ *\]\))\(\s*["'`]([^\n]*)/gm;
let proofs = 0;
for (const [, sentence = "", tests = ""] of rows) {
  const named = [...tests.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g)];
  if (named.length === 0) problems.push(`no test is named for: ${sentence}`);
  for (const [, title = "", path = ""] of named) {
    const file = join(dirname(page), path);
    const titles = existsSync(file) ? [...readFileSync(file, "utf8").matchAll(titled)] : [];
    if (titles.some(([, begin = ""]) => begin.includes(title))) proofs += 1;
    else problems.push(`${file} has no test "${title}", which is to prove: ${sentence}`);
  }
}
console.log(`${rows.length} sentences of the guarantee, ${proofs} tests`);
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
