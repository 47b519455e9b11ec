/** The seeds that a command line asks for; `one`: only that seed, so all of its run is to be seen. */
export interface Seeds {
  readonly seeds: readonly number[];
  readonly one: number | null;
}

/** `--seed S` is that seed alone; `--seeds N` the first N; both, N of them from S on. Ends the process where neither is a number. */
export function seedsAsked(command: string, values: { seeds?: string; seed?: string }, count: string): Seeds {
  const first = wholeNumber(command, "--seed", values.seed ?? "1");
  if (values.seed !== undefined && values.seeds === undefined) return { seeds: [first], one: first };
  const many = wholeNumber(command, "--seeds", values.seeds ?? count);
  return { seeds: Array.from({ length: many }, (_, index) => first + index), one: null };
}

/** An option's number, from 1; ends the process with 2 where it is none. */
export function wholeNumber(command: string, option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`${option} takes a whole number from 1: npm run ${command} -- --seeds 200, or -- --seed 137`);
  process.exit(2);
}
