import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The numbered rules of the state machines. Each `SPEC.md` names rules by a letter and a number; each rule has a test whose title
 * begins with it, and no test begins with a number that is no rule. Prints how often each rule is proved.
 *
 * `whole`: every test of the folder must begin with a rule. Elsewhere tests of a rule may stand in other folders too.
 */
const specs = [
  { spec: "server/src/session/SPEC.md", letter: "S", tests: "server/src/session/*.test.ts", whole: true },
  { spec: "server/src/organization/links/SPEC.md", letter: "L", tests: "server/src/**/*.test.ts", whole: false },
] as const;

const problems = specs.flatMap(({ spec, letter, tests, whole }) => {
  const text = readFileSync(spec, "utf8");
  const rules = [...text.matchAll(new RegExp(`^- \\*\\*(${letter}\\d+)\\*\\* (.+)`, "gm"))].map((match) => ({
    id: match[1] as string,
    text: match[2] as string,
  }));
  const proofs = new Map<string, number>();
  const untitled: string[] = [];
  for (const file of globSync(tests)) {
    for (const [, title = ""] of readFileSync(file, "utf8").matchAll(
      /\btest(?:\.\w+\([^\n]*?\))?\(\s*["'`]([^"'`]+)/g,
    )) {
      const prefix = new RegExp(`^((?:\\[${letter}\\d+\\])+)`).exec(title)?.[1] ?? "";
      const ids = prefix.match(new RegExp(`${letter}\\d+`, "g")) ?? [];
      if (whole && ids.length === 0) untitled.push(`${file}: "${title}" begins with no rule`);
      for (const id of ids) proofs.set(id, (proofs.get(id) ?? 0) + 1);
    }
  }
  console.log(
    `${rules.length} rules in ${dirname(spec)}: ${rules.map(({ id }) => `${id} ${proofs.get(id) ?? 0}`).join(", ")}`,
  );
  return [
    ...rules
      .filter(({ id }, index) => rules.findIndex((rule) => rule.id === id) !== index)
      .map(({ id }) => `${id} is the name of two rules`),
    ...rules.filter(({ id }) => !proofs.has(id)).map(({ id, text: rule }) => `${id} has no test: ${rule}`),
    ...[...proofs.keys()]
      .filter((id) => !rules.some((rule) => rule.id === id))
      .map((id) => `${id} is tested, but is no rule`),
    ...untitled,
  ];
});
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
