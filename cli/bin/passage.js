#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it and hand over to the one that the command runs on.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import nodeModule, { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// A clone has the sources, the published package a bundle.
const main = [here("../src/main.ts"), here("../bundle/main.js")].find((path) => existsSync(path));
// A start takes half the time. Not in the temporary folder, which others may write to; where it cannot be written it does without.
nodeModule.enableCompileCache?.(here("../.cache"));
const [major] = process.versions.node.split(".").map(Number);
if (major >= 24) await import(new URL(`file://${main}`));
else {
  const child = spawn(newerNode(), [main, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

/** The Node of the clone, or one that npm gets once for all projects of this user. A dependency would put it on their PATH. */
function newerNode() {
  try {
    return createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    // Not in a clone.
  }
  const version = JSON.parse(readFileSync(here("../package.json"), "utf8")).passage?.node;
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "passage", `node-${version}`);
  const node = join(folder, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
  if (version && !existsSync(node)) install(version, folder);
  if (existsSync(node)) return node;
  console.error(`passage needs Node 24 or newer; this is ${process.version}. Install it from https://nodejs.org.`);
  process.exit(1);
}

/** In a folder of its own first: two that begin at once do not meet, and half an installation is none. */
function install(version, folder) {
  console.error(`passage runs on Node ${version}; this is ${process.version}. Getting it from npm, once …`);
  mkdirSync(join(folder, ".."), { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
  const args = ["install", "--prefix", partial, "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const isWindowsShim = command === "npm" && process.platform === "win32";
  spawnSync(command, [...first, ...args, `node@${version}`], {
    cwd: partial,
    stdio: ["ignore", "ignore", 2],
    shell: isWindowsShim,
  });
  try {
    renameSync(partial, folder);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
}
