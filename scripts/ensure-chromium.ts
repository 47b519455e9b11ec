import { spawnSync } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { chromium } from "playwright-core";
import { findChromium } from "../device/src/hosts/browser/find.ts";

/** Installs a Chromium where none is found: Debian's package as root, otherwise the build that Playwright downloads. */
if (!isFound()) {
  console.error("No Chromium found. Installing one …");
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]);
  } else {
    run("playwright-core", ["install", "chromium"]);
    // The device looks on the PATH, where every npm script has this folder.
    if (existsSync(chromium.executablePath())) symlinkSync(chromium.executablePath(), "node_modules/.bin/chromium");
  }
  if (!isFound())
    throw new Error(
      "No Chromium was found after its installation. Install one by hand and set PASSAGE_CHROMIUM to its path.",
    );
}

function isFound(): boolean {
  try {
    return findChromium() !== "";
  } catch {
    return false;
  }
}

function run(command: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync(command, args, { stdio: ["ignore", "ignore", 2], env });
  if (status !== 0) {
    console.error(
      `"${command} ${args.join(" ")}" failed. Install Chromium by hand and set PASSAGE_CHROMIUM to its path.`,
    );
    process.exit(1);
  }
}
