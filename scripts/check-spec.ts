import { readdirSync, readFileSync } from "node:fs";

/** Each rule of the session has a name of its own; no rule without a test, no numbered test without a rule. Prints how often each rule is proved. */
const folder = "server/src/session";
const rules = [...readFileSync(`${folder}/SPEC.md`, "utf8").matchAll(/^- \*\*(S\d+)\*\* (.+)/gm)].map((match) => ({
  id: match[1] as string,
  text: match[2] as string,
}));
const proofs = new Map<string, number>();
const untitled: string[] = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".test.ts"))) {
  const text = readFileSync(`${folder}/${file}`, "utf8");
  for (const [, title = ""] of text.matchAll(/\btest(?:\.\w+\([^\n]*?\))?\(\s*["'`]([^"'`]+)/g)) {
    const ids = [...(/^((?:\[S\d+\])+)/.exec(title)?.[1]?.matchAll(/S\d+/g) ?? [])].map((match) => match[0]);
    if (ids.length === 0) untitled.push(`${file}: "${title}" begins with no rule`);
    for (const id of ids) proofs.set(id, (proofs.get(id) ?? 0) + 1);
  }
}
const unproved = rules.filter(({ id }) => !proofs.has(id)).map(({ id, text }) => `${id} has no test: ${text}`);
const unknown = [...proofs.keys()].filter((id) => !rules.some((rule) => rule.id === id));
const twice = rules.filter(({ id }, index) => rules.findIndex((rule) => rule.id === id) !== index);
const problems = [
  ...twice.map(({ id }) => `${id} is the name of two rules`),
  ...unproved,
  ...unknown.map((id) => `${id} is tested, but is no rule`),
  ...untitled,
];
for (const problem of problems) console.error(problem);
console.log(`${rules.length} rules: ${rules.map(({ id }) => `${id} ${proofs.get(id) ?? 0}`).join(", ")}`);
process.exit(problems.length === 0 ? 0 : 1);
