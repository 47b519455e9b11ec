import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { findChromium } from "@passage/device/hosts/browser/find";
import { wordsOf } from "../command.ts";
import { artefacts } from "../runtime/artefacts.ts";
import { repairCommand } from "../runtime/invocation.ts";
import { readManifest } from "../runtime/manifest.ts";
import { type Finding, fault, ok, warning } from "./finding.ts";

const run = promisify(execFile);

/** What the product is made of: Node, workerd, the built Workers, a browser for `passage open`. */
export async function* checkParts(): AsyncGenerator<Finding> {
  yield ok("Node", process.version);
  yield await workerd();
  yield* built();
  yield browser();
}

async function workerd(): Promise<Finding> {
  try {
    const path = createRequire(import.meta.url)("workerd").default as string;
    return ok("workerd", (await run(path, ["--version"])).stdout.trim());
  } catch (error) {
    const found = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return fault("workerd", `does not run (${found})`, 'Run "npm install" here: it brings the one for this system.');
  }
}

function* built(): Generator<Finding> {
  for (const [name, path] of [
    ["server", readManifest(artefacts.serverManifest).main],
    ["catalog", artefacts.catalog],
    ["sandbox", readManifest(artefacts.sandboxManifest).main],
  ] as const)
    yield existsSync(path)
      ? ok(`${name} bundle`, path)
      : fault(`${name} bundle`, "is missing", `Run "${repairCommand}".`);
}

function browser(): Finding {
  try {
    return ok("Chromium", findChromium());
  } catch (error) {
    return warning("Chromium", "none; only passage open and demo need one", wordsOf(error));
  }
}
