import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { sourceFiles } from "./source-files.ts";

/**
 * The import laws. `may` lists the workspaces that one may import besides itself. Tests may also use what `testsMay` lists; those
 * of the engine reach no provider either.
 */
const may: Record<string, readonly string[]> = {
  protocol: [],
  automation: ["protocol"],
  providers: ["protocol", "automation"],
  device: ["protocol"],
  server: ["protocol", "automation", "catalog", "link/claim.html", "link/claim.csp.txt"],
  sandbox: [],
  connect: [],
  link: ["protocol"],
  cli: ["protocol", "automation", "providers", "device", "connect"],
  scripts: [
    "protocol",
    "automation",
    "providers",
    "device",
    "server/build-assets.ts",
    "server/build-documents.ts",
    "server/build-schema-versions.ts",
    "server/limits",
    "server/marketplace",
    "connect",
    "link",
    "cli",
    "sandbox",
    "test/flakes.ts",
  ],
  examples: ["connect", "protocol", "providers"],
  test: ["protocol", "automation", "providers", "connect", "cli", "device", "sandbox", "scripts", "examples"],
  "vitest.config.ts": ["device"],
  bench: ["protocol", "automation", "providers", "scripts", "cli", "device", "connect", "test", "sandbox"],
};

/** An import of the engine, of the kit's files by their places, or of the tools. */
const beyondTheKit = /from "(@passage\/automation\/|@passage\/providers\/tools\/|(\.\.\/)+(kit|tools)\/)/;

const testsMay = ["test", "protocol", "automation", "providers"];

/** The workspaces, by name: each declares in its package.json the others that it imports. */
const workspaces = new Map(
  Object.keys(may)
    .filter((home) => existsSync(`${home}/package.json`))
    .map((home) => [home, declarationsOf(home)]),
);
const imported = new Set<string>();

const broken: string[] = [];
for (const file of sourceFiles()) {
  const text = readFileSync(file, "utf8");
  const [home = ""] = file.split("/");
  const isTest = /\.test\.ts$|\/testing\//.test(file);
  for (const specifier of importsOf(text)) {
    const target = workspaceOf(file, specifier);
    if (target === null) continue;
    const fault = borderFault(home, file, specifier, target);
    if (fault !== null) broken.push(`${file} imports ${specifier}: ${fault}`);
    const allowed = [home, ...(may[home] ?? []), ...(isTest && home !== "automation" ? testsMay : [])];
    if (!allowed.some((one) => target === one || target.startsWith(`${one}/`)))
      broken.push(`${file} imports ${specifier}: ${home} may import ${may[home]?.join(", ") || "nothing of ours"}.`);
  }
  if (/^link\//.test(file) && !isTest && /import (?!type)[^;]*"@passage\/protocol/.test(text))
    broken.push(`${file} imports protocol at run time: ${home} may take its types only, and is bundled without it.`);
  if (/^providers\/src\/.+\//.test(file) && !isTest && /from "(node:|cloudflare:)/.test(text))
    broken.push(`${file} imports a platform: a provider reaches the world through its page only.`);
  if (file.startsWith("providers/src/catalog/") && !isTest && beyondTheKit.test(text))
    broken.push(
      `${file} reaches behind the kit: a provider imports the doors that an author has, "@passage/providers/…".`,
    );
  if (file.startsWith("automation/src/") && !isTest && /from "(node:|cloudflare:)/.test(text))
    broken.push(`${file} imports a platform: the engine runs wherever a provider does.`);
  if (/^providers\/src\/.+\//.test(file) && !isTest && /\bSensitive\b.*\breveal\b/.test(text))
    broken.push(`${file} reads a sensitive argument: a run has it typed, and cannot see it.`);
  const sends = isTest ? null : sendingIn(file, text);
  if (sends) broken.push(`${file} could send (${sends}): what leaves the device passes egress/gate.ts.`);
  if (
    /^cli\/src\//.test(file) &&
    file !== "cli/src/print.ts" &&
    !isTest &&
    /\bconsole\.|process\.std(out|err)/.test(text)
  )
    broken.push(`${file} writes to the terminal: cli/src/print.ts does, which lets no control characters through.`);
  const ownsObjects = /^server\/src\/(organization|session|directory)\//.test(file);
  if (file.startsWith("server/") && !isTest && !ownsObjects && /\bDurableObjectState\b|\.storage\b/.test(text))
    broken.push(`${file} touches an object's state: only the folders of the three objects may.`);
  if (
    file.startsWith("server/") &&
    !isTest &&
    !/\/migrat(e|ions)\.ts$/.test(file) &&
    /CREATE (TABLE|INDEX)|ALTER TABLE/.test(text)
  )
    broken.push(`${file} makes tables: only an object's migrations.ts does, by a new step at its end.`);
  if (/(^|\/)(shared|common|core|utils?|helpers?)(\/|\.ts$)/.test(file))
    broken.push(`${file}: nothing is called shared, common, core, utils or helpers. Name the noun.`);
}

for (const [home, { all }] of workspaces)
  for (const name of all)
    if (!imported.has(`${home} ${name}`))
      broken.push(`${home}/package.json declares @passage/${name}, which nothing there imports.`);

for (const line of broken) console.error(line);
if (broken.length > 0)
  console.error("The laws are in scripts/check-imports.ts; move the code, or argue for the law's change.");
process.exit(broken.length === 0 ? 0 : 1);

/**
 * How a file of the device could send past the gate, or null. The socket is in connection.ts, which session.ts gives to the
 * gate alone; launch.ts asks its own browser on loopback; the page's own same-origin requests are made by request.ts.
 */
function sendingIn(file: string, text: string): string | null {
  if (!file.startsWith("device/src/")) return null;
  const own: Record<string, RegExp> = {
    "device/src/session/connection.ts": /partysocket\/ws|WebSocket\b/g,
    "device/src/session/session.ts": /egress\.attach\(\(text\) => connection\.transmit\(text\)\)/g,
    "device/src/hosts/browser/launch.ts": /fetch\(`http:\/\/127\.0\.0\.1:/g,
    "device/src/page-script/request.ts": /fetch\(/g,
  };
  const rest = own[file] ? text.replace(own[file], "") : text;
  const senders =
    /\bfetch\(|\bnew WebSocket\b|sendBeacon|new XMLHttpRequest|"(partysocket|ws|undici|node:(https?|http2|net|tls|dgram))[/"]|\.transmit\(|\bconsole\.|process\.std(out|err)/;
  return senders.exec(rest)?.[0] ?? null;
}

function declarationsOf(home: string) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(`${home}/package.json`, "utf8"));
  const ours = (declared: object) =>
    Object.keys(declared)
      .filter((name) => name.startsWith("@passage/"))
      .map((name) => name.slice("@passage/".length));
  return { atRunTime: ours(dependencies), all: ours({ ...dependencies, ...devDependencies }) };
}

/** What is wrong with an import from one workspace into another, or null. Tests and types may come from `devDependencies`. */
function borderFault(home: string, file: string, specifier: string, target: string): string | null {
  const declared = workspaces.get(home);
  const [other = ""] = target.split("/");
  if (declared === undefined || !workspaces.has(other) || other === home) return null;
  const isOutsideTheProduct = !file.startsWith(`${home}/src/`) || /\.test\.ts$|\/testing\//.test(file);
  if (specifier.startsWith("."))
    return isOutsideTheProduct ? null : `another workspace is imported by its name, @passage/${other}/….`;
  imported.add(`${home} ${other}`);
  const isBundledWithout = home === "connect" || home === "link";
  const allowed = isOutsideTheProduct || isBundledWithout ? declared.all : declared.atRunTime;
  if (allowed.includes(other)) return null;
  return `${home}/package.json does not declare @passage/${other}${declared.all.includes(other) ? " as a dependency at run time" : ""}.`;
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] as string);
}

/** The workspace path that a specifier leads to, or null for a package of others. */
function workspaceOf(file: string, specifier: string): string | null {
  if (specifier.startsWith("@passage/")) return specifier.slice("@passage/".length);
  if (specifier.startsWith(".")) return relative(".", join(dirname(file), specifier));
  return null;
}
