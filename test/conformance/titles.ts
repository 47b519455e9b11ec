import { globSync, readFileSync } from "node:fs";
import { titleOf } from "./row.ts";
import { rows } from "./rows.ts";

/** The titles of the repository's tests as they are written, and what may stand for the `%s` of a `test.each`. */
export function writtenTitles(): readonly string[] {
  const files = globSync("{protocol,providers,device,server,sandbox,connect,link,cli,test}/**/*.test.ts", {
    exclude: (path) => path.includes("node_modules"),
  });
  return files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(title), ...text.matchAll(firstOfRow)].map((match) => match[2] as string);
  });
}

const title = /(?:\btest|^ *\])(?:\.\w+)?[^"'`\n]*\(\s*(["'`])((?:\\.|(?!\1).)+)\1/gm;
const firstOfRow = /^ +\[\s*(["'`])((?:\\.|(?!\1).)+)\1,/gm;

/** Whether a test of this title runs, written out or by a table. */
export function isTitle(title: string, written = writtenTitles()): boolean {
  if (rows.some((row) => titleOf(row) === title)) return true;
  return written.some((one) => one === title || (one.includes("%s") && fits(one, title)));
}

function fits(pattern: string, title: string): boolean {
  const [start = "", ...rest] = pattern.split("%s");
  const end = rest.at(-1) ?? "";
  return (start + end).length > 8 && title.startsWith(start) && title.endsWith(end);
}
