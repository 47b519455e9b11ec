import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type ClassBody, type MethodDefinition, parse, type Statement } from "acorn";
import type { Plugin } from "esbuild";

/**
 * Playwright's own selector engine, cut out of the script that playwright-core injects into pages: the parser, the evaluator,
 * and of the class `InjectedScript` the members that query. esbuild drops what is then unused.
 */
export const playwrightSelectors: Plugin = {
  name: "playwright-selectors",
  setup(build) {
    build.onResolve({ filter: /^playwright-selectors$/ }, ({ path }) => ({ path, namespace: "playwright" }));
    build.onLoad({ filter: /.*/, namespace: "playwright" }, () => ({ contents: selectorEngine(), loader: "js" }));
  },
};

/** What its licence asks to keep, as the head of the bundle. */
export function playwrightNotice(): string {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const [, owner] = readFileSync(join(folder, "NOTICE"), "utf8").split("\n");
  return `/*! The selector engine is Playwright ${version}'s, ${owner}, licensed under the Apache License 2.0
    (https://www.apache.org/licenses/LICENSE-2.0). Changed: reduced to what queries. */`;
}

const folder = dirname(createRequire(import.meta.url).resolve("playwright-core/package.json"));

function selectorEngine(): string {
  const script = injectedScript();
  const exported = /^module\.exports = .*$/m;
  if (!exported.test(script)) throw changed("its exports");
  const program = script.replace(exported, "");
  const body = classBody(program);
  const kept = body.body.filter((member) => member.type === "MethodDefinition").filter(keeps);
  const missing = [...members].filter((name) => !kept.some((member) => nameOf(member) === name));
  if (missing.length > 0) throw changed(missing.join(", "));
  const text = kept.map((member) => {
    const name = nameOf(member);
    if (name === "constructor") return constructorOf(program, member);
    return name === "querySelector" ? querySelector : program.slice(member.start, member.end);
  });
  const reduced = `${program.slice(0, body.start)}{\n${text.join("\n")}\n}${program.slice(body.end)}`;
  return `${reduced}\nexport { InjectedScript, stringifySelector, visitAllSelectorParts };`;
}

const members: ReadonlySet<string> = new Set([
  "constructor",
  "parseSelector",
  "querySelector",
  "querySelectorAll",
  "createStacklessError",
  "_queryNth",
  "_queryLayoutSelector",
  "_queryEngineAll",
]);
/** Without its hints about old selectors, which write code for the reader. */
const querySelector = "querySelector(selector, root) { return this.querySelectorAll(selector, root)[0]; }";
/** These belong to parts that are not used, and the last two would bring them in. */
const dropped = /AriaRef|AriaTemplate|aria-ref|aria-template/;

function keeps(member: MethodDefinition): boolean {
  const name = nameOf(member);
  return members.has(name) || (/^_create\w+Engine$/.test(name) && !dropped.test(name));
}

/** Of the constructor: the evaluator and the table of engines. */
function constructorOf(program: string, member: MethodDefinition): string {
  const statements = (member.value.body?.body ?? [])
    .map(({ start, end }: Statement) => program.slice(start, end))
    .filter((text) => /^this\._(evaluator|engines)\b/.test(text) && !dropped.test(text));
  if (statements.length < 25) throw changed("the table of engines");
  return `constructor() {\n${statements.join("\n")}\n}`;
}

function classBody(program: string): ClassBody {
  for (const node of parse(program, { ecmaVersion: "latest" }).body) {
    const declared = node.type === "VariableDeclaration" ? node.declarations[0] : null;
    if (
      declared?.id.type === "Identifier" &&
      declared.id.name === "InjectedScript" &&
      declared.init?.type === "ClassExpression"
    )
      return declared.init.body;
  }
  throw changed("the class InjectedScript");
}

function nameOf(member: ClassBody["body"][number]): string {
  return member.type === "MethodDefinition" && member.key.type === "Identifier" ? member.key.name : "";
}

/** The script as the bundle holds it: a string literal after its name. */
function injectedScript(): string {
  const bundle = readFileSync(join(folder, "lib", "coreBundle.js"), "utf8");
  const at = bundle.indexOf('generated/injectedScriptSource.ts"() {');
  const literal = /^\s*source\d* = ('(?:[^'\\\n]|\\.)*');$/m.exec(at < 0 ? "" : bundle.slice(at, at + 1_000_000))?.[1];
  if (!literal) throw changed("the injected script");
  const [statement] = parse(literal, { ecmaVersion: "latest" }).body;
  if (statement?.type !== "ExpressionStatement" || statement.expression.type !== "Literal") throw changed("its text");
  return String(statement.expression.value);
}

function changed(what: string): Error {
  return new Error(`playwright-core has changed: cannot find ${what}. See device/build/playwright-selectors.ts.`);
}
