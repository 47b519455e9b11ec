import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../skills");

export interface Block {
  /** For example `passage-connect-api/SKILL.md`. */
  readonly file: string;
  readonly language: string;
  /** What stands behind the language: the name of the program. */
  readonly name: string;
  readonly text: string;
}

/** The Markdown files of the skills, below `skills/`. */
export const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .sort();

export function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

export function blocksOf(file: string, text = read(file)): Block[] {
  return [...text.matchAll(/^```(\w*) ?([^\n]*)\n(.*?)^```$/gms)].map(([, language = "", name = "", body = ""]) => ({
    file,
    language,
    name,
    text: body,
  }));
}
