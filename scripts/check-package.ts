import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packPackages } from "./pack.ts";

/** The packages as npm would publish them: what their tarballs hold, and whether every resolver finds code and types in them. */
const connectFiles =
  /^package\/(LICENSE|README\.md|package\.json|dist\/(cjs\/)?index\.(js|d\.ts)|dist\/cjs\/([\w-]+\/)?[\w.-]+\.d\.ts|dist\/cjs\/package\.json)$/;
const providersFiles =
  /^package\/(LICENSE|README\.md|package\.json|js\/[\w/-]+\.js|types\/(providers|automation|protocol)\/src\/[\w/.-]+\.d\.ts)$/;
const cliFiles =
  /^package\/(LICENSE|NOTICES\.txt|README\.md|package\.json|bin\/passage\.js|bundle\/[\w.-]+\.js|(server|sandbox)\/wrangler\.jsonc|(server|sandbox)\/dist\/worker\.js|server\/dist\/catalog\.js|server\/dist\/(assets\/[\w.-]+|schema-versions\.json)|sandbox\/dist\/scenarios\.json|device\/dist\/(page-script\.js|publishers\.json))$/;
const folder = mkdtempSync(join(tmpdir(), "passage-pack-"));
try {
  const packed = await packPackages(folder);
  const [connect, providers, cli] = [packed.connect, packed.providers, packed.cli].map((path) =>
    readFileSync(path),
  ) as [Buffer, Buffer, Buffer];
  const faults = [
    ...contents(connect, connectFiles, "dist/index.js"),
    ...manifest(),
    ...(await publishable(connect)),
    ...(await resolvable(connect)),
    ...contents(cli, cliFiles, "bundle/main.js"),
    ...(await publishable(cli)),
    ...contents(providers, providersFiles, "js/define.js"),
    ...(await publishable(providers)),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  const bundle = readFileSync("connect/dist/index.js");
  console.log(
    `@passage/connect: tarball ${connect.length} bytes; index.js ${bundle.length} bytes, ${gzipSync(bundle).length} gzipped`,
  );
  console.log(`@passage/providers: tarball ${providers.length} bytes`);
  console.log(`@passage/cli: tarball ${cli.length} bytes`);
} finally {
  rmSync(folder, { recursive: true });
}

function contents(tarball: Buffer, allowed: RegExp, main: string): string[] {
  const files = execFileSync("tar", ["-tzf", "-"], { input: tarball, encoding: "utf8" }).trim().split("\n");
  const strangers = files.filter((file) => !allowed.test(file)).map((file) => `A tarball holds ${file}.`);
  return files.includes(`package/${main}`) ? strangers : [...strangers, `A tarball has no ${main}.`];
}

/** What npm's provenance needs, and what we promise: nothing comes along. */
function manifest(): string[] {
  const { dependencies, repository, publishConfig } = JSON.parse(readFileSync("connect/package.json", "utf8"));
  return [
    ...(dependencies ? ["connect/package.json has dependencies; the SDK promises none."] : []),
    ...(publishConfig?.provenance === true ? [] : ["connect/package.json lacks publishConfig.provenance."]),
    ...(repository === undefined || repository.directory === "connect"
      ? []
      : ["repository.directory must be connect."]),
  ];
}

async function publishable(tarball: Buffer): Promise<string[]> {
  const data = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length) as ArrayBuffer;
  const { messages, pkg } = await publint({ pack: { tarball: data }, level: "warning", strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg)}`);
}

/** For `import` and `require`, in every way that TypeScript resolves them. */
async function resolvable(tarball: Buffer): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  if (!analysis.types) return ["attw: the package has no types."];
  return analysis.problems.map((problem) => `attw: ${problem.kind} ${JSON.stringify(problem)}`);
}
