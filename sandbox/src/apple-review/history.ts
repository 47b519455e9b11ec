import type { Reader } from "./users.ts";

const newest = Date.UTC(2026, 10, 15, 20, 41);
const hourMs = 3_600_000;

const articles: readonly [title: string, source: string, seconds: number][] = [
  ["The quiet comeback of night trains", "Slow Travel Review", 412],
  ["How a lighthouse keeps time", "Harbour Notes", 265],
  ["A short history of the pencil", "Workbench Quarterly", 538],
  ["What bees know about rain", "Field & Hedge", 197],
  ["Inside the last paper-map studio", "Slow Travel Review", 704],
  ["Soup, and the idea of enough", "The Long Table", 331],
  ["Letters from a weather station", "Harbour Notes", 455],
];

/** An article that was read; `secondsRead` counts until the page was closed. */
export function articlesRead(reader: Reader) {
  return Array.from({ length: reader.historyCount }, (_, index) => {
    const [title, source, seconds] = articles[index % articles.length] as (typeof articles)[number];
    const round = Math.floor(index / articles.length);
    return {
      id: `art_${String(4100 - index)}`,
      title: round === 0 ? title : `${title}, part ${round + 1}`,
      source,
      secondsRead: seconds + round * 31,
      readAt: new Date(newest - index * 17 * hourMs).toISOString(),
    };
  });
}
