import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sourceFiles } from "./source-files.ts";

/**
 * Prints the circles of imports: of values, which must be none, and of types alone, of which CONTRIBUTING names each with its
 * reason.
 */
const files = new Set(sourceFiles());
const imports = new Map([...files].map((file) => [file, importsOf(file)]));
const ofValues = circles((file) => imports.get(file)?.filter(({ isType }) => !isType) ?? []);
const ofTypes = circles((file) => imports.get(file) ?? []).filter(
  (circle) => !ofValues.some((one) => one.every((file) => circle.includes(file)) && one.length === circle.length),
);
const named = [...readFileSync("CONTRIBUTING.md", "utf8").matchAll(/^- Circle of types: `([^`]+)`/gm)].map(
  ([, folder = ""]) => folder,
);
const unnamed = ofTypes.filter((circle) => !named.some((folder) => circle.every((file) => file.startsWith(folder))));

for (const circle of ofValues) console.log(`values: ${circle.join(", ")}`);
for (const circle of ofTypes) console.log(`types: ${circle.join(", ")}`);
console.log(`${files.size} files, ${ofValues.length} circles of values, ${ofTypes.length} of types`);
if (unnamed.length > 0) console.log(`CONTRIBUTING.md does not name ${unnamed.length} circles of types with a reason.`);
process.exit(ofValues.length + unnamed.length === 0 ? 0 : 1);

interface Import {
  readonly file: string;
  readonly isType: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const statements = text.matchAll(
    /^(?:import|export)\b(?:(?!^(?:import|export)\b)[^;"'`])*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"/gm,
  );
  return [...statements].flatMap(([statement, from, bare]) => {
    const target = resolved(file, from ?? bare ?? "");
    return target === null ? [] : [{ file: target, isType: isOfTypes(statement) }];
  });
}

function isOfTypes(statement: string): boolean {
  if (/^(?:import|export)\s+type\b/.test(statement)) return true;
  const names = /^(?:import|export)\s+\{([^}]*)\}/
    .exec(statement)?.[1]
    ?.split(",")
    .filter((name) => name.trim() !== "");
  return names !== undefined && names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

/** The file of ours that a specifier leads to; null for a package of others, and for what is built. */
function resolved(file: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return known(join(dirname(file), specifier));
  const [, workspace = "", path = ""] = /^@passage\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  // `@passage/catalog` is built.
  if (workspace === "" || !existsSync(`${workspace}/package.json`)) return null;
  const { exports } = JSON.parse(readFileSync(`${workspace}/package.json`, "utf8")) as {
    exports?: Record<string, unknown>;
  };
  for (const [door, leads] of Object.entries(exports ?? {})) {
    const target = targetOf(leads);
    if (target === null) continue;
    const wanted = path === "" ? "." : `./${path}`;
    if (door === wanted) return known(join(workspace, target));
    const [before = "", after] = door.split("*");
    if (after !== undefined && wanted.startsWith(before) && wanted.endsWith(after))
      return known(join(workspace, target.replaceAll("*", wanted.slice(before.length, wanted.length - after.length))));
  }
  return null;
}

function targetOf(leads: unknown): string | null {
  if (typeof leads === "string") return leads;
  if (typeof leads !== "object" || leads === null) return null;
  const inner = leads as Record<string, unknown>;
  return targetOf(inner.types ?? inner.default ?? inner.import);
}

function known(file: string): string | null {
  return files.has(file) ? file : null;
}

/** The strongly connected components of more than one file (Tarjan). */
function circles(edges: (file: string) => readonly Import[]): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) as number);
    stack.push(file);
    for (const { file: next } of edges(file)) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(file, Math.min(lowest.get(file) as number, lowest.get(next) as number));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const file of files) if (!order.has(file)) visit(file);
  return found;
}
