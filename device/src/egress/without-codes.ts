import { codesIn } from "./token-like.ts";

/**
 * A result whose address (`url`, in a batch too) lacks the values of the parameters that sign someone in: `?code=` of
 * OAuth, the token of a link in an e-mail. The automation asked where the page is, not for these.
 */
export function withoutCodes(result: unknown): unknown {
  if (typeof result !== "object" || result === null) return result;
  const { url, results } = result as { url?: unknown; results?: unknown };
  if (typeof url === "string") return { ...result, url: addressWithoutCodes(url) };
  if (!Array.isArray(results)) return result;
  const each = results.map((one) => ("result" in one ? { ...one, result: withoutCodes(one.result) } : one));
  return { ...result, results: each };
}

/** An address without the values that sign someone in. */
export function addressWithoutCodes(address: string): string {
  let told = address;
  for (const { written } of codesIn(address)) told = told.replaceAll(written, "");
  return told;
}
