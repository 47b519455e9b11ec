import { PassageError } from "@passage/protocol/errors";
import { RE2JS } from "re2js";

/** A linear-time regular expression, searched, unanchored. */
export function searchPattern(pattern: string): (text: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.test(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PassageError("invalid_params", `The pattern ${pattern} is not an RE2 regular expression: ${reason}`);
  }
}
