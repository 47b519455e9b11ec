/** How many in how long: `count` at once, and as many again over `seconds`. */
export interface RatePolicy {
  readonly count: number;
  readonly seconds: number;
}

/** Reads `1000/10`: 1000 requests in 10 seconds. @throws on anything else. */
export function readPolicy(text: string): RatePolicy {
  const [, count, seconds] = /^([1-9]\d{0,6})\/([1-9]\d{0,4})$/.exec(text) ?? [];
  if (!count || !seconds) throw new Error(`A rate limit is <requests>/<seconds>, such as 1000/10, not "${text}".`);
  return { count: Number(count), seconds: Number(seconds) };
}
