import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";

const root = join(import.meta.dirname, "..");

/** The address that documents have in the repository; an instance puts its own in its place. */
const baseUrl = "http://localhost:8787";

interface Page {
  /** The file's name beside the Worker. */
  readonly asset: string;
  /** Where the instance serves it. */
  readonly path: string;
  readonly text: string;
}

/**
 * The documents that an instance serves, beside the Worker: the skills, the pages of `docs/`, and the index and collection of all
 * of them for models (`llms.txt`, `llms-full.txt`).
 */
export function buildDocuments(folder = join(import.meta.dirname, "dist/assets")): void {
  mkdirSync(folder, { recursive: true });
  const [skills, docs] = [skillPages(), docPages()];
  for (const { asset, text } of [...skills, ...docs]) writeFileSync(join(folder, asset), text);
  writeFileSync(join(folder, "llms.txt"), index(skills, docs));
  writeFileSync(join(folder, "llms-full.txt"), [...docs, ...skills].map(({ text }) => text).join("\n\n"));
}

function skillPages(): Page[] {
  const references = readdirSync(join(root, "skills/passage-connect-api/references")).sort();
  return [
    skillPage("passage-connect-api/SKILL.md", "/marketplace/SKILL.md"),
    ...references.map((name) => skillPage(`passage-connect-api/references/${name}`, `/marketplace/references/${name}`)),
    skillPage("passage-provider/SKILL.md", "/marketplace/passage-provider/SKILL.md"),
  ];
}

function skillPage(file: string, path: string): Page {
  return { asset: `skills.${file.replaceAll("/", ".")}`, path, text: readFileSync(join(root, "skills", file), "utf8") };
}

function docPages(): Page[] {
  const names = ["", "design/"].flatMap((folder) =>
    readdirSync(join(root, "docs", folder))
      .filter((name) => name.endsWith(".md"))
      .sort()
      .map((name) => `${folder}${name}`),
  );
  return names.map((name) => {
    const text = withServedLinks(readFileSync(join(root, "docs", name), "utf8"), name, names);
    const note = `> The index of this documentation: ${baseUrl}/llms.txt`;
    return {
      asset: `docs.${name.replaceAll("/", ".")}`,
      path: `/docs/${name}`,
      text: text.replace(/^(# .+)\n/, `$1\n\n${note}\n`),
    };
  });
}

/** Links within `docs/` stay, as do addresses; of a link to another file of the repository its words stay. */
function withServedLinks(text: string, page: string, served: readonly string[]): string {
  return text.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (link, words: string, target: string) => {
    if (/^(https?:|#)/.test(target)) return link;
    const [file = ""] = target.split("#");
    return served.includes(posix.join(posix.dirname(page), file)) ? link : words;
  });
}

function index(skills: readonly Page[], docs: readonly Page[]): string {
  const entries = (pages: readonly Page[]) =>
    pages.map(({ path, text }) => `- [${titleOf(text)}](${baseUrl}${path})${noteOf(text)}`).join("\n");
  const isDesign = ({ path }: Page) => path.startsWith("/docs/design/");
  return `# Passage

> Account linking for any online service, where the login stays on the user's device. A backend creates a link, a person signs in by hand on their
> own device, and a signed webhook brings the data as JSON.

To write code against this instance, begin with the skill. Everything in one file: ${baseUrl}/llms-full.txt

## API

${entries(skills)}
- [Marketplace](${baseUrl}/marketplace.json): every endpoint, provider, event and error code with its schemas, for programs
- [OpenAPI](${baseUrl}/openapi.json): the HTTP API as OpenAPI 3.1
- [Error codes](${baseUrl}/docs/errors): each code, its cause and what to do

## Documentation

${entries(docs.filter((page) => !isDesign(page)))}

## Optional

${entries(docs.filter(isDesign))}
`;
}

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1]?.replaceAll("`", "") ?? "";
}

/** A skill says in its first lines when it is of use. */
function noteOf(text: string): string {
  const description = /^description: ([^.]+)\./m.exec(text)?.[1];
  return description ? `: ${description}` : "";
}
