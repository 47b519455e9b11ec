/** Tests that a host fails for one cause, by title, or by `suite > title` where another suite has a test of that title. */
export interface Gap {
  readonly cause: string;
  readonly tests: readonly string[];
}
