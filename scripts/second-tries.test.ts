import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { flakes } from "../test/flakes.ts";
import { secondTryFaults, type Tries } from "./second-tries.ts";

const flake = { file: "test/a.test.ts", test: "hangs", cause: "the browser" };
const plain: Tries = { file: "test/a.test.ts", test: "passes", allowed: 0, had: 0 };

test("a named test may have its second try, whether it needs it or not", () => {
  for (const had of [0, 1]) expect(secondTryFaults([plain, { ...flake, allowed: 1, had }], [flake])).toEqual([]);
});

test("any other second try fails the run, needed or not, and so does one that the runner gave", () => {
  const faults = (tries: Tries) =>
    secondTryFaults([tries], [flake]).filter((fault) => fault.includes("does not name it"));
  expect(faults({ ...plain, allowed: 1 })).toHaveLength(1);
  expect(faults({ ...plain, had: 1 })).toHaveLength(1);
  expect(faults({ ...plain, test: "hangs", file: "test/b.test.ts", allowed: 1 })).toHaveLength(1);
});

test("an entry that no test needs any more fails a run of its file, and of no other", () => {
  expect(secondTryFaults([{ ...plain, test: "hangs" }], [flake])).toEqual([
    expect.stringContaining("has no second try"),
  ]);
  expect(secondTryFaults([plain], [flake])).toHaveLength(1);
  expect(secondTryFaults([{ ...plain, file: "test/b.test.ts" }], [flake])).toEqual([]);
});

test("the list names files that there are, each with a cause", () => {
  expect(flakes.filter(({ file, cause }) => !existsSync(file) || cause === "")).toEqual([]);
});
