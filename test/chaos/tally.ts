/** What happened, counted by name. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    this.#counts.set(name, this.get(name) + count);
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** A line a group: its name, then each count. */
  table(groups: Record<string, readonly string[]>): string {
    return Object.entries(groups)
      .map(([group, names]) => `${group.padEnd(12)}${names.map((name) => `${name} ${this.get(name)}`).join("   ")}`)
      .join("\n");
  }
}
