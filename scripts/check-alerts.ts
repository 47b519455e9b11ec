import { spawnSync } from "node:child_process";

/**
 * Checks deploy/alerts.yml with Prometheus' own promtool: that each expression parses, and that each alert fires on the series
 * of deploy/alerts.test.yml. Debian's package `prometheus` has promtool; it is installed when it is missing.
 */
const run = (command: string, ...args: string[]) => {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
};

if (spawnSync("promtool", ["--version"]).error) {
  console.log("promtool is missing: installing Debian's package prometheus …");
  run("apt-get", "install", "-y", "--no-install-recommends", "prometheus");
}
run("promtool", "check", "rules", "deploy/alerts.yml");
run("promtool", "test", "rules", "deploy/alerts.test.yml");
