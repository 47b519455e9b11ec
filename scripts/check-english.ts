import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * The constructions of CONTRIBUTING's table "Plain English", in all documents and in the comments and texts of all sources. Each row
 * has a regular expression and what to write instead.
 */
const rows = [...readFileSync("CONTRIBUTING.md", "utf8").matchAll(/^\| `\/(.+)\/` \| (.+) \|$/gm)];
const constructions = rows.map(([, pattern = "", instead = ""]) => ({
  pattern: new RegExp(pattern.replaceAll("\\|", "|"), "g"),
  instead,
}));
if (constructions.length === 0) throw new Error("CONTRIBUTING.md has no table of constructions.");

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.tsx", "*.mjs", "*.md"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && file !== "CONTRIBUTING.md" && !/generated|recordings\//.test(file));
const found = files.flatMap((file) =>
  lines(file).flatMap((line, index) =>
    constructions.flatMap(({ pattern, instead }) =>
      [...line.matchAll(pattern)].map(([text]) => `${file}:${index + 1}: "${text.trim()}": write ${instead}`),
    ),
  ),
);
for (const one of found) console.log(one);
console.log(`${constructions.length} constructions, ${files.length} files`);
process.exit(found.length === 0 ? 0 : 1);

/** Empty for a file that was deleted and not committed yet. */
function lines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
