import { PassageError } from "@passage/protocol/errors";
import * as z from "zod";
import { operation } from "../define.ts";
import { failure } from "../failure.ts";
import type { Page } from "../page.ts";
import { escapePattern } from "../pattern.ts";

const historyArguments = z.object({
  limit: z.number().int("must be a positive integer").positive("must be a positive integer").optional(),
});

const article = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  duration: z.number().describe("Seconds."),
  readAt: z.string().describe("ISO 8601, UTC."),
});

export const readHistoryRead = operation({
  resource: "readHistory",
  action: "read",
  description: "What you have read: titles, sources and dates",
  arguments: historyArguments,
  result: z.object({ history: z.array(article) }),
  manifest: {
    origins: ["https://review.passage.example"],
    commands: ["fetchInPage"],
    evidence: "synthetic",
  },
  async run(page, { limit }) {
    await page.updateStatus({ heading: "Opening your reading history", progress: 0.1 });
    await signIn(page);
    await page.updateStatus({ heading: "Reading", progress: 0.5 });
    const history: z.infer<typeof article>[] = [];
    for (let cursor: string | null = ""; cursor !== null && history.length < (limit ?? Number.POSITIVE_INFINITY); ) {
      const { articles, nextCursor } = await readPage(page, cursor);
      history.push(...articles);
      cursor = articles.length === 0 ? null : nextCursor;
    }
    await page.updateStatus({ heading: "Done", progress: 1 });
    return { history: history.slice(0, limit) };
  },
});

async function signIn(page: Page): Promise<void> {
  const history = page.siteUrl("https://review.passage.example/history");
  await page.navigate({ url: history });
  const { matched, condition } = await page.yieldToUser({
    status: { heading: "Sign in to The Reading Room" },
    conditions: [
      { type: "url", pattern: `^${escapePattern(history)}$` },
      { type: "selector", selector: "#sign-in-error:has-text('locked')" },
    ],
  });
  if (!matched) throw failure("user_gave_up", "The sign-in was given up before it was complete.");
  if (condition === 1) throw failure("account_locked", "The Reading Room says that the account is locked.");
}

const answer = z.object({ articles: z.array(article), nextCursor: z.string().nullable() });

async function readPage(page: Page, cursor: string): Promise<z.infer<typeof answer>> {
  const response = await page
    .fetchInPage({
      url: page.siteUrl(`https://review.passage.example/api/reading-history?cursor=${encodeURIComponent(cursor)}`),
      path: "{articles:articles[].{id,title,source,duration:secondsRead,readAt},nextCursor?}",
      timeout: 10_000,
    })
    .catch(explain);
  const parsed = answer.safeParse(response.body);
  if (parsed.success) return parsed.data;
  const seen = `status ${response.status}`;
  throw failure("site_changed", "The reading history has another shape than before.", { expected: "articles", seen });
}

function explain(error: unknown): never {
  if (!(error instanceof PassageError)) throw error;
  if (error.code === "fetch_timed_out" || error.code === "fetch_failed")
    throw failure("site_down", "The Reading Room did not answer.", { asked: "reading history", seen: error.message });
  if (error.code !== "extract_failed") throw error;
  const details = { expected: "articles", seen: error.message };
  throw failure("site_changed", "The reading history has another shape than before.", details);
}
