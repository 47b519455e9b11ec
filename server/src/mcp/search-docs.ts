import type { Env } from "../env.ts";
import type { Section } from "./section.ts";

const atMost = 3;
let loaded: readonly Section[] | undefined;

/** The sections that have the most of these words, best first: a word in the heading counts more, and a rare one does. */
export async function searchDocs(env: Env, query: string): Promise<readonly Section[]> {
  const sections = await load(env);
  const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [])];
  const rarity = words.map((word) => {
    const count = sections.filter(
      (section) => occurrences(section.text, word) + occurrences(section.heading, word) > 0,
    ).length;
    return Math.log(1 + sections.length / Math.max(1, count));
  });
  return sections
    .map((section) => ({
      section,
      score: words.reduce((sum, word, index) => sum + weight(section, word) * (rarity[index] ?? 0), 0),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, atMost)
    .map(({ section }) => section);
}

function weight({ page, heading, text }: Section, word: string): number {
  const inText = occurrences(text, word);
  return 4 * Math.min(1, occurrences(`${page} ${heading}`, word)) + (inText > 0 ? 1 + Math.log(inText) : 0);
}

function occurrences(text: string, word: string): number {
  return text.toLowerCase().split(word).length - 1;
}

async function load({ ASSETS }: Env): Promise<readonly Section[]> {
  // The value and not its promise: a promise of one request may not be awaited by another.
  loaded ??= await (await ASSETS.fetch("http://assets/docs.json")).json<readonly Section[]>();
  return loaded;
}
