import { maxJsonDepth } from "@passage/protocol/http/fields";
import type { Issue } from "./problem.ts";

/** An object or array that is open at a place of the text. */
interface Level {
  /** The fields so far; null for an array. */
  readonly fields: Set<string> | null;
  at: string | number;
  isBeforeField: boolean;
}

/**
 * What `JSON.parse` accepts silently and we refuse: a field given twice (one value would be lost), text that is not Unicode
 * (it could not be stored as it was sent), and nesting beyond the limit, which recursive code does not survive.
 *
 * @param text valid JSON
 */
export function hiddenIssues(text: string): Issue[] {
  const issues: Issue[] = [];
  const levels: Level[] = [];
  const report = (message: string) => issues.push({ path: levels.map(({ at }) => at).join("."), message });
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g)) {
    const level = levels.at(-1);
    if (token === "{" || token === "[") {
      if (levels.length >= maxJsonDepth) {
        report(`is nested too deeply: at most ${maxJsonDepth} levels`);
        return issues;
      }
      const isObject = token === "{";
      levels.push({ fields: isObject ? new Set() : null, at: isObject ? "" : 0, isBeforeField: isObject });
    } else if (token === "}" || token === "]") levels.pop();
    else if (token === ",") {
      if (!level) continue;
      if (typeof level.at === "number") level.at += 1;
      else level.isBeforeField = true;
    } else {
      const value: string = JSON.parse(token);
      if (level?.isBeforeField) {
        level.isBeforeField = false;
        level.at = value.toWellFormed();
        if (level.fields?.has(value)) report("is given twice");
        level.fields?.add(value);
      }
      if (!value.isWellFormed()) report("has half a surrogate pair: text was cut within a character");
    }
  }
  return issues;
}
