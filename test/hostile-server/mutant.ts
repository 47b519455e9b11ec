/** A device without one of its checks: a named piece of its source, and what stands in its place. */
export interface Mutant {
  readonly name: string;
  readonly pieces: readonly (readonly [file: string, from: string, to: string])[];
}

/** A mutant of one piece. */
export const one = (name: string, file: string, from: string, to: string): Mutant => ({
  name,
  pieces: [[file, from, to]],
});
