/** Tests that a host fails for one cause, by file and title. */
export interface Gap {
  readonly cause: string;
  readonly tests: Readonly<Record<string, readonly string[]>>;
}
