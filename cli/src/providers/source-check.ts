import { existsSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, relative } from "node:path";
import type { Finding } from "@passage/providers/kit/check";
import { allowedPackages, forbiddenGlobals } from "@passage/providers/kit/determinism";
import { type Node, parse } from "acorn";
import { simple } from "acorn-walk";

/** What in a provider's own files would make a run depend on more than its page: clocks, chance, network, platforms. */
export function checkSource(folder: string): Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  const queue = [join(folder, "provider.ts")];
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
    };
    simple(parse(code, { ecmaVersion: "latest", sourceType: "module" }), {
      Identifier(node) {
        const message = Object.hasOwn(forbiddenGlobals, node.name) ? forbiddenGlobals[node.name] : undefined;
        if (message) findings.push({ place: place(node), message: `uses ${node.name}. ${message}` });
      },
      ImportDeclaration: (node) => imported(String(node.source.value), node),
      ImportExpression(node) {
        findings.push({ place: place(node), message: "imports at run time: import at the top of the file." });
      },
    });
  }
  return findings;
}

function isWithin(folder: string, file: string): boolean {
  return !relative(folder, file).startsWith("..");
}

/** Node's own eraser, which keeps every line and column where it was. It warns that it is young; that is not the author's concern. */
function withoutTypes(text: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}
