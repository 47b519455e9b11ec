import { shownTime } from "@passage/providers/dates";
import type { Page } from "@passage/providers/page";
import { held, id, integer, list, text, time } from "@passage/providers/reads/leaf";
import { lastHeld, newest, param, reads, request } from "@passage/providers/reads/read";
import { withoutRepeats } from "@passage/providers/repeats";
import * as z from "zod";
import { site } from "./pages.ts";

const article = z.object({
  id: id(),
  title: text(300),
  source: text(120),
  secondsRead: integer(0),
  readAt: time(),
});

export const readingHistory = reads({
  history: request({
    what: "what you have read: title, source, how long and when",
    on: `${site}/history`,
    get: "/api/reading-history",
    query: { cursor: param("cursor") },
    newest: { rows: "articles[]", by: "readAt" },
    params: { cursor: lastHeld("history", "nextCursor", { orEmpty: true }) },
    data: z.object({ articles: list(article, 100), nextCursor: held().nullable() }),
  }),
});

type HistoryPage = z.infer<typeof readingHistory.history.data>;

/** An article that the person has read, in the keys of the result. */
export interface Article {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Seconds. */
  readonly duration: number;
  readonly readAt: string;
}

/** The person's articles, newest first: at most `limit`, and no page of ten more than that needs. */
export async function readHistory(page: Page, limit?: number): Promise<Article[]> {
  const found: Article[] = [];
  let cursor: true | "" | null = "";
  while (cursor !== null && (limit === undefined || found.length < limit)) {
    const wanted = newest(readingHistory.history, limit && limit - found.length);
    const { articles, nextCursor }: HistoryPage = await page.read(wanted, { cursor });
    for (const { secondsRead, readAt, ...article } of articles)
      found.push({ ...article, duration: secondsRead, readAt: shownTime(readAt) });
    cursor = articles.length === 0 ? null : nextCursor;
  }
  return withoutRepeats("The reading history", found, (one) => one.id)
    .sort(byTime)
    .slice(0, limit);
}

function byTime(one: Article, other: Article): number {
  if (one.readAt === other.readAt) return 0;
  return one.readAt < other.readAt ? 1 : -1;
}
