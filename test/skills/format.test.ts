import { expect, test } from "vitest";
import { blocksOf, files, read } from "./blocks.ts";

const skills = files.filter((file) => file.endsWith("SKILL.md"));

/** The front matter's fields: each stands on a line. */
function frontMatter(text: string): Record<string, string> {
  const [, lines = ""] = /^---\n(.*?)\n---\n/s.exec(text) ?? [];
  return Object.fromEntries(lines.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
}

test.each(skills)("%s keeps to the format of skills", (file) => {
  const text = read(file);
  const { name = "", description = "", ...others } = frontMatter(text);
  expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(file).toBe(`${name}/SKILL.md`);
  expect(description.length).toBeGreaterThan(100);
  expect(description.length).toBeLessThanOrEqual(1024);
  expect(Object.keys(others)).toEqual(["license"]);
  expect(text.split("\n").length).toBeLessThan(500);
  // A token of English and code has more than three characters.
  expect(text.length / 3).toBeLessThan(5_000);
});

test("passage-connect-api is triggered by each of its words", () => {
  const { description } = frontMatter(read("passage-connect-api/SKILL.md"));
  const words = ["Passage", "passage connect", "account linking", "link intent", "claim code", "passage webhook"];
  for (const word of [...words, "passage SDK integration", "passage provider", "getpassage", "any endpoint"])
    expect(description).toContain(word);
});

test("links between the files lead to files and headings that are there", () => {
  for (const file of files)
    for (const [, target = ""] of read(file).matchAll(/\]\(([^)\s]+)\)/g)) {
      const [path = "", heading] = target.split("#");
      const found = new URL(path, `file:///${file}`).pathname.slice(1);
      expect(files, `${file}: ${target}`).toContain(found);
      const slugs = [...read(found).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
        title.toLowerCase().replaceAll(" ", "-"),
      );
      if (heading) expect(slugs).toContain(heading);
    }
});

test("every block of JSON is JSON", () => {
  const blocks = files.flatMap((file) => blocksOf(file)).filter(({ language }) => language === "json");
  expect(blocks.length).toBeGreaterThan(1);
  for (const { text } of blocks) expect(() => JSON.parse(text)).not.toThrow();
});

test("no block is of a language that nothing tries", () => {
  const languages = new Set(files.flatMap((file) => blocksOf(file)).map(({ language }) => language));
  expect([...languages].sort()).toEqual(["json", "sh", "ts"]);
});
