import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildConnect } from "./build.ts";

const run = promisify(execFile);
let project: string;
let installed: string;

/** An empty project somewhere else, with the package installed as npm would. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "connect-"));
  installed = join(project, "node_modules/@passage/connect");
  await mkdir(installed, { recursive: true });
  await copyFile(join(import.meta.dirname, "package.json"), join(installed, "package.json"));
  await buildConnect(join(installed, "dist"));
  await writeFile(join(project, "package.json"), '{"type":"module"}');
  await mkdir(join(project, "cjs"));
  await writeFile(join(project, "cjs/package.json"), '{"type":"commonjs"}');
});
afterAll(() => rm(project, { recursive: true, force: true }));

test("while it is built again, whoever loads it finds it", async () => {
  let [looks, missing] = [0, 0];
  const looking = setInterval(() => {
    looks += 1;
    if (!existsSync(join(installed, "dist/index.js"))) missing += 1;
  });
  await writeFile(join(installed, "dist/stale.js"), "");
  await buildConnect(join(installed, "dist"));
  clearInterval(looking);
  expect(looks).toBeGreaterThan(10);
  expect(missing).toBe(0);
  expect(existsSync(join(installed, "dist/stale.js"))).toBe(false);
});

test("the bundle stands alone", async () => {
  const bundle = await readFile(join(installed, "dist/index.js"), "utf8");
  for (const forbidden of [
    /zod/,
    /hono/,
    /node:/,
    /\bprocess\.(?!env)/,
    /\bBuffer\b/,
    /require\(/,
    /@passage\/protocol/,
  ]) {
    expect(forbidden.exec(bundle)).toBeNull();
  }
  expect(bundle).not.toMatch(/^import /m);
  expect(JSON.parse(await readFile(join(installed, "package.json"), "utf8")).dependencies).toBeUndefined();
  console.log(`@passage/connect: ${bundle.length} bytes, ${gzipSync(bundle).length} gzipped`);
});

test.each([
  ["import", ["--input-type=module"], 'import * as connect from "@passage/connect"'],
  // Without the loading of ES modules by require(), as in Node 20.
  ["[N6] require", ["--no-experimental-require-module"], 'const connect = require("@passage/connect")'],
])("it runs where nothing else is installed, by %s", async (_, flags, load) => {
  const program = `
    ${load};
    (async () => {
    const { Passage } = connect;
    const passage = new Passage({ apiKey: "psg_test_x", fetch: async (url) => Response.json({ linkId: url }) });
    const { linkId } = await passage.links.create({ provider: "att", operations: [{ type: "paymentMethod:read" }] });
    console.log(Object.keys(connect).join(), linkId);
    })();
  `;
  const { stdout } = await run(process.execPath, [...flags, "-e", program], { cwd: project });
  expect(stdout.trim()).toBe("Passage,PassageError,verifyWebhook http://localhost:8787/v1/links");
});

test.each([
  ["an ES module", "nodenext", "use.ts"],
  ["[N6] a CommonJS module", "nodenext", "cjs/use.ts"],
  ["[N6] one with module: commonjs", "commonjs", "cjs/use.ts"],
])("its declarations hold in a strict project that knows no protocol: %s", async (_, module, file) => {
  await writeFile(join(project, file), consumer);
  const compilerOptions = { module, target: "es2023", lib: ["es2023", "dom"], types: [], strict: true };
  const strictest = { exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true };
  await writeFile(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...strictest }, files: [file] }),
  );
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "-p", project]).catch((error) => error);
  expect(stdout).toBe("");
});

test("no declaration names TypeScript source or a package", async () => {
  const declarations = (await readdir(join(installed, "dist"), { recursive: true })).filter((name) =>
    name.endsWith(".d.ts"),
  );
  expect(declarations).toContain(join("cjs", "index.d.ts"));
  for (const file of declarations)
    expect(await readFile(join(installed, "dist", file), "utf8"), file).not.toMatch(/from "[^"]+\.ts"|zod|protocol"/);
});

const consumer = `
import { type LinkFailedEvent, Passage, PassageError, verifyWebhook } from "@passage/connect";
const passage = new Passage({ apiKey: undefined, baseUrl: "https://passage.example" });
const code: Promise<string> = passage.links
  .create({ provider: "tmobile", operations: [{ type: "paymentMethod:read" }] })
  .then((link) => link.claimCode);
// @ts-expect-error: no such action
passage.links.create({ provider: "tmobile", operations: [{ type: "paymentMethod:delete" }] });
// @ts-expect-error: no such provider
passage.links.create({ provider: "tmobil", operations: [{ type: "paymentMethod:read" }] });
declare module "@passage/connect" {
  interface Catalog {
    "cedar-library": { "loans:read": { arguments: { limit?: number }; result: { loans: { title: string }[] } } };
  }
}
export async function title(): Promise<string | undefined> {
  const link = await passage.links.create({ provider: "cedar-library", operations: [{ type: "loans:read" }] });
  const { results } = await passage.links.waitFor(link);
  return results?.["loans:read"].loans[0]?.title;
}
export async function ids(): Promise<string[]> {
  const { links, nextCursor } = await passage.links.list({ limit: 5 });
  const all = links.map((link) => link.id).concat(nextCursor ?? []);
  for await (const event of passage.events.list()) all.push(event.id);
  return all;
}
export async function receive(request: Request): Promise<string> {
  try {
    const event = await verifyWebhook(request, { publicKeyUrl: "https://passage.example/webhook_verification_key/get" });
    switch (event.event) {
      case "link.complete":
        return (event.results?.["paymentMethod:read"]?.paymentMethods[0]?.last4 ?? "") + (await code);
      case "link.failed": {
        const failed: LinkFailedEvent = event;
        return failed.error.code;
      }
      case "link.expired":
      case "link.cancelled":
        return event.linkId;
      case "webhook_endpoint.disabled":
        return event.reason;
      case "webhook_endpoint.test":
        return event.endpointId;
    }
  } catch (error) {
    if (error instanceof PassageError && error.code === "body_mismatch") return error.message;
    throw error;
  }
}
`;
