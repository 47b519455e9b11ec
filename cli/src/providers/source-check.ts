import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Finding } from "@passage/providers/tools/check";
import { allowedPackages, forbiddenGlobals } from "@passage/providers/tools/determinism";
import { type Node, parse } from "acorn";
import { simple } from "acorn-walk";
import { withoutTypes } from "../catalog/load.ts";
import { cloneCatalog } from "./clone-catalog.ts";

/** What in a provider's own files would make a run depend on more than its page: clocks, chance, network, platforms. */
export function checkSource({ folder, module }: { readonly folder: string; readonly module: string }): Finding[] {
  const home = homeOf(folder);
  const seen = new Set<string>();
  const findings: Finding[] = [];
  const queue = [module];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const code = withoutTypes(readFileSync(file, "utf8"));
    const place = (node: Node) => `${relative(folder, file)}:${code.slice(0, node.start).split("\n").length}`;
    const imported = (source: string, node: Node) => {
      if (!source.startsWith(".")) {
        if (allowedPackages.test(source)) return;
        const message = `imports ${source}: a provider imports its own files, @passage/providers, @passage/protocol and zod only.`;
        findings.push({ place: place(node), message });
      } else if (isWithin(folder, join(dirname(file), source))) queue.push(join(dirname(file), source));
      else if (!isWithin(home, join(dirname(file), source)))
        findings.push({ place: place(node), message: `imports ${source}, which lies outside of its folder.` });
    };
    simple(parse(code, { ecmaVersion: "latest", sourceType: "module" }), {
      Identifier(node) {
        const message = Object.hasOwn(forbiddenGlobals, node.name) ? forbiddenGlobals[node.name] : undefined;
        if (message) findings.push({ place: place(node), message: `uses ${node.name}. ${message}` });
      },
      MemberExpression({ property, ...node }) {
        if (property.type !== "Identifier" || property.name !== "reveal") return;
        const message = "uses reveal: a run has a sensitive argument typed, and cannot see it.";
        findings.push({ place: place(node), message });
      },
      ImportDeclaration: (node) => imported(String(node.source.value), node),
      ImportExpression(node) {
        findings.push({ place: place(node), message: "imports at run time: import at the top of the file." });
      },
    });
  }
  return findings;
}

/** Within what a provider may import: its folder; in the catalog the neighbours' too, which are checked with them. */
function homeOf(folder: string): string {
  if (cloneCatalog === null) return folder;
  const catalog = dirname(cloneCatalog.file);
  return isWithin(catalog, folder) ? catalog : folder;
}

function isWithin(folder: string, file: string): boolean {
  return !relative(folder, file).startsWith("..");
}
