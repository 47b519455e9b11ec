import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cloneFolder } from "../runtime/invocation.ts";

/** Folders of packages for a provider's folder that has none around it: in a clone, the clone's own. */
export const fallbackPackages: readonly string[] = cloneFolder === null ? [] : [join(cloneFolder, "node_modules")];

let hooked = false;

/** Lets a provider's files be imported: TypeScript in installed packages too, and from a folder without an installation. */
export function loadTypeScript(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        const [packages] = fallbackPackages;
        if (packages === undefined || !/^(@passage\/|zod(\/|$))/.test(specifier)) throw error;
        return next(specifier, { ...context, parentURL: pathToFileURL(packages).href });
      }
    },
    load(url, context, next) {
      if (!/\/node_modules\/.*\.ts$/.test(url)) return next(url, context);
      const source = withoutTypes(readFileSync(fileURLToPath(url), "utf8"));
      return { format: "module", source, shortCircuit: true };
    },
  });
}

/** Node's own eraser, which keeps every line and column where it was. It warns that it is young; that is not the author's concern. */
export function withoutTypes(text: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}
