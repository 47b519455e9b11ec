import { PassageError } from "@passage/protocol/errors";
import type { PageRead } from "@passage/protocol/reads/declaration";
import { RE2JS } from "re2js";
import type { CommandContext } from "../commands/command.ts";
import { failureError } from "../commands/persist.ts";
import type { DomProjection } from "../page-script/api.ts";

/** The most rows that are looked at: more than any shape's list may have, so that too many is seen. */
const mostRows = 10_001;

interface FoundElements {
  /** One row, or a list of rows. */
  readonly found: unknown;
  /** The whole texts of which parts were picked. */
  readonly texts: readonly string[];
}

/**
 * The fields as the page has them, each after its `pick`; absent where an element, an attribute or the pick is. Waits until
 * there are `atLeast` rows, or, without rows, until each field is there. `demandPlace` throws where the page may not be read.
 */
export async function readElements(
  context: CommandContext,
  read: PageRead,
  atLeast: number,
  demandPlace: () => void,
): Promise<FoundElements> {
  const { page, progress, privacy } = context;
  const fields = Object.fromEntries(
    Object.entries(read.fields).map(([name, { css, attribute }]) => [
      name,
      { selector: css && `css=${css}`, read: attribute ? `attribute:${attribute}` : "text", optional: true },
    ]),
  );
  const wanted: DomProjection = { rows: read.rows && `css=${read.rows.css}`, fields, limit: mostRows };
  for (;;) {
    demandPlace();
    for (const question of [read.rows?.css, ...Object.values(read.fields).map(({ css }) => css)])
      if (question !== undefined) privacy.question(question);
    const asked = await progress.race(page.call("extract", wanted, 200, privacy.reason !== null));
    if (asked.kind === "value" && asked.value.kind === "failed") throw failureError(asked.value);
    if (asked.kind === "value" && asked.value.kind === "foreign")
      throw new PassageError("invalid_selector", "A read's elements are in the page itself");
    // The page may have gone elsewhere while it was asked.
    demandPlace();
    const found = asked.kind === "value" && asked.value.kind === "done" ? (asked.value.value as object) : null;
    const isThere = found !== null && (Array.isArray(found) ? found.length >= atLeast : isWhole(found));
    // Near its end the read tells what is there, so that a missing element is drift and not silence.
    if (isThere || (found !== null && progress.remainingMs < 500)) return picked(read, found);
    await progress.pause(50);
  }
}

function isWhole(row: object): boolean {
  return Object.values(row).every((value) => value !== null);
}

function picked(read: PageRead, found: unknown): FoundElements {
  const texts: string[] = [];
  const patterns = Object.entries(read.fields).map(
    ([name, { pick }]) => [name, pick === undefined ? null : RE2JS.compile(pick)] as const,
  );
  const row = (values: Record<string, string | null>) =>
    Object.fromEntries(
      patterns.flatMap(([name, pattern]) => {
        const text = values[name] ?? null;
        if (text !== null && pattern) texts.push(text);
        const value = text === null || !pattern ? text : groupOf(pattern, text);
        return value === null ? [] : [[name, value]];
      }),
    );
  return { found: Array.isArray(found) ? found.map(row) : row(found as Record<string, string | null>), texts };
}

function groupOf(pattern: RE2JS, text: string): string | null {
  const matcher = pattern.matcher(text);
  return matcher.find() ? (matcher.group(1) ?? null) : null;
}
