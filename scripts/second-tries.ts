import type { Flake } from "../test/flakes.ts";

/** What a run knows of a test's tries. */
export interface Tries {
  readonly file: string;
  readonly test: string;
  /** How many tries after the first one the test allows itself. */
  readonly allowed: number;
  /** How many it had. */
  readonly had: number;
}

/**
 * What fails a run although its tests passed: a second try of a test that the list does not name, and an entry of the list that no
 * test needs any more.
 */
export function secondTryFaults(tests: readonly Tries[], flakes: readonly Flake[]): string[] {
  const isOf = (flake: Flake) => (one: Tries) => one.file === flake.file && one.test === flake.test;
  const unnamed = tests.filter((one) => one.allowed + one.had > 0 && !flakes.some((flake) => isOf(flake)(one)));
  const ran = new Set(tests.map(({ file }) => file));
  const stale = flakes.filter(
    (flake) => ran.has(flake.file) && !tests.some((one) => isOf(flake)(one) && one.allowed > 0),
  );
  return [
    ...unnamed.map(({ file, test }) => `${test} (${file}) may have a second try, and test/flakes.ts does not name it.`),
    ...stale.map(({ file, test }) => `${test} (${file}) is named in test/flakes.ts, and has no second try.`),
  ];
}
