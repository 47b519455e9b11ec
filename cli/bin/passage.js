#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it and hand over to the one that the package brings.
import { spawn } from "node:child_process";
import nodeModule, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
// A start takes half the time. Not in the temporary folder, which others may write to; where it cannot be written it does without.
nodeModule.enableCompileCache?.(fileURLToPath(new URL("../.cache", import.meta.url)));
const [major] = process.versions.node.split(".").map(Number);
if (major >= 24) await import(main);
else {
  let node;
  try {
    node = createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    console.error(`passage needs Node 24 or newer; this is ${process.version}. Run "npm install" first.`);
    process.exit(1);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
