import { realpathSync } from "node:fs";
import { sep } from "node:path";

/**
 * Where in a provider's own files an error came up, for its author: `file:line`, the innermost first. Empty where Node does not
 * say, or where the message names the file already.
 */
export function placesIn(folder: string, error: unknown): string[] {
  // Node names a module by its real path.
  const own = realpathSync(folder) + sep;
  if (!(error instanceof Error) || error.message.includes(own)) return [];
  // The place of a syntax error stands above the stack, that of any other in it.
  return (error.stack ?? "").split("\n").flatMap((line) => {
    const start = line.indexOf(own);
    return start === -1 ? [] : [line.slice(start).replace(/\)$/, "")];
  });
}
