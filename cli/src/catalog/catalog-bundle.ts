import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { PublisherKey } from "@passage/protocol/http/publishers";
import { build, type Plugin } from "esbuild";

/** Providers that a server offers, from one module. */
export interface CatalogPart {
  /** Absolute path of a module: its export `providers` is a list of them, or else each of its exports that is one counts. */
  readonly module: string;
  /** Whether their sites have stand-ins; null where the module says so of each, as a built catalog does. */
  readonly hasSandbox: boolean | null;
}

export interface CatalogContents {
  readonly parts: readonly CatalogPart[];
  /** The signed manifests, by operation. */
  readonly manifests: Readonly<Record<string, string>>;
  readonly publishers: readonly PublisherKey[];
}

/**
 * Writes the module beside the server's Worker that says what it offers: the code of the providers, their signed manifests, and
 * the publishers. One ES module for workerd, without imports.
 *
 * @param nodePaths folders of packages for modules that have none of their own around them
 * @throws where a module cannot be bundled
 */
export async function writeCatalog(
  outfile: string,
  contents: CatalogContents,
  nodePaths: readonly string[] = [],
): Promise<void> {
  mkdirSync(dirname(outfile), { recursive: true });
  await writeModule(outfile, entryOf(contents), nodePaths);
}

/**
 * Writes code with all that it imports as one module of workerd. The author's own compiler settings do not matter to it.
 *
 * @param code JavaScript that imports absolute paths
 */
export async function writeModule(outfile: string, code: string, nodePaths: readonly string[]): Promise<void> {
  await build({
    stdin: { contents: code, resolveDir: dirname(outfile), loader: "js" },
    outfile,
    nodePaths: [...nodePaths],
    bundle: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    minifySyntax: true,
    minifyWhitespace: true,
    tsconfigRaw: {},
    logLevel: "silent",
  });
}

function entryOf({ parts, manifests, publishers }: CatalogContents): string {
  const lists = parts.map(({ hasSandbox }, index) => `...providersOf(part${index}, ${hasSandbox})`);
  return `${parts.map(({ module }, index) => `import * as part${index} from ${JSON.stringify(module)};`).join("\n")}
const isProvider = (one) => typeof one === "object" && one !== null && "id" in one && "operations" in one;
const providersOf = (part, hasSandbox) =>
  (part.providers ?? Object.values(part).filter(isProvider)).map((one) => hasSandbox === null ? one : { ...one, hasSandbox });
export const providers = [${lists.join(", ")}];
export const manifests = ${JSON.stringify(manifests)};
export const publishers = ${JSON.stringify({ keys: publishers })};
`;
}

/** Leaves the catalog out of a server's bundle: it stands beside it. */
export const catalogStaysBeside: Plugin = {
  name: "the catalog is a module of its own",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^@passage\/catalog$/ }, () => ({ path: "./catalog.js", external: true })),
};
