import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { operationName, providerId } from "@passage/providers/tools/check";
import { printLine, shortPath } from "../print.ts";
import { passageCommand } from "../runtime/invocation.ts";
import { type CloneCatalog, cloneCatalog } from "./clone-catalog.ts";
import { findOne, packageFolder } from "./find.ts";
import { operationFile, operationVariable, scaffold, scaffoldOperation, variableOf } from "./scaffold.ts";
import { scaffoldPackage } from "./scaffold-package.ts";

export interface NewOptions {
  readonly operation?: string;
  readonly site?: string;
  readonly dir?: string;
}

/**
 * `passage providers new`: writes a package of its own or, in a clone where no folder is named, the files in its catalog. Where
 * the provider is there already, a named operation's files alone. Overwrites nothing.
 */
export async function newProvider(id: string, options: NewOptions): Promise<number> {
  const { operation = "items:read" } = options;
  const dir = packageFolder(options.dir) ?? (cloneCatalog === null ? id : undefined);
  if (!providerId.test(id))
    throw new Error(`A provider's id is lower-case words with dashes, such as cedar-library; ${id} is none.`);
  if (!operationName.test(operation))
    throw new Error(
      `--operation takes resource:action, such as loans:read; the action is read or write, not ${operation}.`,
    );
  const site = originOf(options.site ?? `https://www.${id}.example`);
  const catalog = dir === undefined ? cloneCatalog : null;
  const isInCatalog = catalog !== null;
  const folder = catalog ? join(dirname(catalog.file), id) : resolve(dir ?? id);
  const [resource = "", action = ""] = operation.split(":");
  const isAddition = options.operation !== undefined && existsSync(join(folder, "provider.ts"));
  if (isAddition) await findOne(id, dir);
  const blueprint = { id, site, resource, action };
  const files = Object.entries(
    isAddition
      ? scaffoldOperation(blueprint)
      : { ...scaffold(blueprint), ...(!isInCatalog && scaffoldPackage(blueprint, folder)) },
  );
  const taken = files.map(([name]) => join(folder, name)).filter((path) => existsSync(path));
  if (taken.length > 0)
    throw new Error(`Nothing was written. There already: ${taken.join(", ")}. --operation adds another operation.`);
  if (catalog && !isAddition) register(id, catalog);
  for (const [name, text] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
    printLine(`wrote ${shortPath(path)}`);
  }
  const file = `${operationFile(blueprint)}.ts`;
  const describe = isAddition
    ? `list ${operationVariable(blueprint)} from ./${file} among the operations of provider.ts, describe it in ${file}`
    : `describe the site in pages.ts and the operation in ${file}`;
  const operands = `providers run ${id} ${operation}`;
  if (isInCatalog || isAddition) {
    const where = isInCatalog ? " --live" : folder === process.cwd() ? "" : ` --dir ${dir}`;
    printLine(`Next: ${describe}, then passage ${operands}${where}`);
    return 0;
  }
  const into = folder === process.cwd() ? "" : `cd ${shortPath(folder)} && `;
  printLine(`Next: ${into}npm install && npm test`);
  printLine(`      ${passageCommand} ${operands}   (on its own sandbox: user_good, pass_good)`);
  printLine(`Then: ${describe}, and make sandbox.ts look like the site.`);
  return 0;
}

/** Enters the provider into the catalog. @throws where it is there already. */
function register(id: string, { file: catalogFile }: CloneCatalog): void {
  const text = readFileSync(catalogFile, "utf8");
  const variable = variableOf(id);
  const list = /(export const providers: readonly Provider\[\] = \[)([^\]]*?),?\s*\]/;
  const [, , entries = ""] = list.exec(text) ?? [];
  if (new RegExp(`"\\./${id}/`).test(text) || new RegExp(`\\b${variable}\\b`).test(text))
    throw new Error(`Nothing was written: ${shortPath(catalogFile)} names ${id} already.`);
  if (entries === "")
    throw new Error(`Nothing was written: ${shortPath(catalogFile)} has no list of providers that could be extended.`);
  const line = `import { ${variable} } from "./${id}/provider.ts";`;
  const lines = text.split("\n");
  const imports = lines.filter((one) => /^import .* from "\.\//.test(one));
  const next = imports.find((one) => specifier(one) > specifier(line));
  const at = next ? lines.indexOf(next) : lines.lastIndexOf(imports.at(-1) ?? "") + 1;
  lines.splice(at, 0, line);
  writeFileSync(
    catalogFile,
    lines.join("\n").replace(list, (_, head: string) => `${head}${entries.trim()}, ${variable}]`),
  );
  printLine(`entered ${id} into ${shortPath(catalogFile)}`);
}

function specifier(line: string): string {
  return /"([^"]+)"/.exec(line)?.[1] ?? "";
}

function originOf(site: string): string {
  const url = URL.parse(site);
  if (url?.protocol === "https:") return url.origin;
  throw new Error(`--site takes the site's https address, such as https://www.cedar-library.example; ${site} is none.`);
}
