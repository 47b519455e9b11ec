import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { build, type Plugin } from "esbuild";

const here = import.meta.dirname;
const root = join(here, "..");

/** What the command takes as files, by their places in the clone. They keep these places in the package. */
const artefacts = [
  "server/wrangler.jsonc",
  "server/dist/worker.js",
  "server/dist/catalog.js",
  "server/dist/assets",
  "server/dist/schema-versions.json",
  "sandbox/wrangler.jsonc",
  "sandbox/dist/worker.js",
  "sandbox/dist/scenarios.json",
  "device/dist/page-script.js",
  "device/dist/publishers.json",
];
const workspaces = ["protocol", "automation", "providers", "device", "server", "sandbox", "connect", "link", "cli"];

/**
 * Writes `@passage/cli` as published, a folder for `npm pack`: the command as one bundle, and the artefacts. Needs all other parts
 * built. Our own workspaces are in the bundle; what comes from npm is a dependency.
 *
 * @param outDir where to write; default `cli/dist`
 */
export async function buildCli(outDir = join(here, "dist")): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  const manifests = await Promise.all(workspaces.map((name) => readJson(join(root, name, "package.json"))));
  const declared: Record<string, string> = Object.assign({}, ...manifests.map(({ dependencies }) => dependencies));
  const versions = Object.fromEntries(Object.entries(declared).filter(([name]) => !name.startsWith("@passage/")));
  const names = await bundle(join(outDir, "bundle"));
  const dependencies = Object.fromEntries(names.map((name) => [name, versionOf(name, versions)]));
  for (const path of artefacts) await cp(join(root, path), join(outDir, path), { recursive: true });
  await cp(join(here, "bin/passage.js"), join(outDir, "bin/passage.js"));
  await cp(join(here, "README.md"), join(outDir, "README.md"));
  await cp(join(root, "LICENSE"), join(outDir, "LICENSE"));
  await writeFile(join(outDir, "NOTICES.txt"), await notices(Object.keys(versions)));
  await writeFile(join(outDir, "package.json"), `${JSON.stringify(await manifest(dependencies), null, 2)}\n`);
}

/** @returns the names of the packages that the bundle imports */
async function bundle(outdir: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(here, "src/main.ts")],
    outdir,
    plugins: [catalogStaysInTheClone, npmPackagesOutside, sourcesKeepTheirPlaces],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    charset: "utf8",
    metafile: true,
    logLevel: "error",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = imports.filter(({ external, path }) => external && !path.startsWith("node:")).map(packageOf);
  // Taken by require(), for the path of its binary.
  return [...new Set([...names, "workerd"])].sort();
}

const catalogStaysInTheClone: Plugin = {
  name: "the catalog's sources stay in the clone",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/clone-catalog\.ts$/ }, () => ({ path: join(here, "src/providers/no-clone-catalog.ts") })),
};

const npmPackagesOutside: Plugin = {
  name: "packages from npm stay outside, our workspaces do not",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || path.startsWith("@passage/") ? null : { path, external: true },
    ),
};

/** A module that finds files beside itself finds them in the package as in the clone. */
const sourcesKeepTheirPlaces: Plugin = {
  name: "sources keep their places",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const place = JSON.stringify(join("..", relative(root, path)).replaceAll("\\", "/"));
      const contents = text.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
      return { contents, loader: "ts", resolveDir: dirname(path) };
    }),
};

async function manifest(dependencies: Record<string, string>): Promise<object> {
  const { name, version, license, description, bin, engines } = await readJson(join(here, "package.json"));
  const { devDependencies } = await readJson(join(root, "package.json"));
  const publishConfig = { access: "public", provenance: true };
  // The Node that the command runs on; bin/passage.js gets it where an older one starts it.
  const passage = { node: devDependencies.node };
  return { name, version, type: "module", license, description, bin, engines, dependencies, publishConfig, passage };
}

function versionOf(name: string, versions: Record<string, string>): string {
  const version = versions[name];
  if (version === undefined) throw new Error(`The command imports ${name}, which no workspace has as a dependency.`);
  return version;
}

function packageOf({ path }: { path: string }): string {
  return path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The licences of the packages whose code is inside the server's, the sandbox's and the page script's bundles. */
async function notices(names: readonly string[]): Promise<string> {
  const texts = await Promise.all(
    [...names].sort().map(async (name) => {
      const folder = join(root, "node_modules", name);
      const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
      const { license } = await readJson(join(folder, "package.json"));
      return `${name}: ${license}\n\n${file ? await readFile(join(folder, file), "utf8") : ""}`;
    }),
  );
  return `Passage contains code of these packages, under their licences.\n\n${texts.join("\n\n----\n\n")}`;
}

async function readJson(path: string) {
  return JSON.parse(await readFile(path, "utf8"));
}
