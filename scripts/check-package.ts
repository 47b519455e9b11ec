import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { buildConnect } from "../connect/build.ts";

/** `@passage/connect` as npm would publish it: what the tarball holds, and whether every resolver finds code and types in it. */
const allowed =
  /^package\/(LICENSE|README\.md|package\.json|dist\/(cjs\/)?(index\.js|[\w.-]+\.d\.ts)|dist\/cjs\/package\.json)$/;
const folder = mkdtempSync(join(tmpdir(), "connect-pack-"));
try {
  await buildConnect();
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], { cwd: "connect" });
  const tarball = readFileSync(join(folder, execFileSync("ls", [folder], { encoding: "utf8" }).trim()));
  const faults = [...contents(tarball), ...manifest(), ...(await publishable(tarball)), ...(await resolvable(tarball))];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  const bundle = readFileSync("connect/dist/index.js");
  console.log(
    `@passage/connect: tarball ${tarball.length} bytes; index.js ${bundle.length} bytes, ${gzipSync(bundle).length} gzipped`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

function contents(tarball: Buffer): string[] {
  const files = execFileSync("tar", ["-tzf", "-"], { input: tarball, encoding: "utf8" }).trim().split("\n");
  const strangers = files.filter((file) => !allowed.test(file)).map((file) => `The tarball holds ${file}.`);
  return files.includes("package/dist/index.js") ? strangers : [...strangers, "The tarball has no dist/index.js."];
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
