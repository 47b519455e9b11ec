import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The TypeScript files of the repository, tracked or new, without generated ones. */
export function sourceFiles(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx", "*.mjs", "*.css", "*.html"];
  return execFileSync("git", args, { encoding: "utf8" })
    .split("\n")
    .filter((file) => file !== "" && existsSync(file));
}
