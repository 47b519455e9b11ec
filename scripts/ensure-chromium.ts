import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium } from "../device/src/hosts/chromium/find.ts";

/** Installs a Chromium where none is found: Debian's package as root, otherwise the build that Playwright downloads. */
if (findChromium() === null) {
  console.error("No Chromium found. Installing one …");
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]);
  } else run("npx", ["playwright-core", "install", "chromium"]);
  if (findChromium() === null)
    throw new Error(
      "Chromium was not found after its installation. Install it by hand and set PASSAGE_CHROMIUM to its path.",
    );
}

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: ["ignore", "ignore", 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status !== 0)
    throw new Error(`"${command} ${args.join(" ")}" failed. Install Chromium by hand and set PASSAGE_CHROMIUM.`);
}
