/** Tests that a host fails for one cause, by title or a pattern of it, or by `suite > title` where another suite has such a test. */
export interface Gap {
  readonly cause: string;
  readonly tests: readonly (string | RegExp)[];
}

export function isListed({ tests }: Gap, title: string): boolean {
  return tests.some((test) => (typeof test === "string" ? test === title : test.test(title)));
}
