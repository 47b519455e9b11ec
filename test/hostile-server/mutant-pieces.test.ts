import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mutants } from "./mutants.ts";

/** The mutants are built and run in conformance; a change that moves one of their pieces is told at once. */
test("each piece that a mutant changes is in its file, once", () => {
  const texts = new Map<string, string>();
  const textOf = (file: string) => {
    const text = texts.get(file) ?? readFileSync(file, "utf8");
    texts.set(file, text);
    return text;
  };
  const lost = mutants.flatMap(({ name, pieces }) =>
    pieces.filter(([file, from]) => textOf(file).split(from).length !== 2).map(([file]) => `${name}: ${file}`),
  );
  expect(lost).toEqual([]);
});
