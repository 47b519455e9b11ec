import * as z from "zod";
import { operation } from "../define.ts";
import type { Page } from "../page.ts";
import { withoutRepeats } from "../repeats.ts";
import { type SignInPages, signIn } from "../sign-in.ts";
import { answered, siteAnswerMs, siteData } from "../site-data.ts";

const site = "https://review.passage.example";

const historyArguments = z.object({
  limit: z.number().int("must be a positive integer").positive("must be a positive integer").optional(),
});

const pages = {
  name: "The Reading Room",
  site,
  start: `${site}/history`,
  signedInPath: "/history$",
  form: ["input#email", "input#password", "input#code"],
  troubles: [
    {
      selector: "#sign-in-error:has-text('locked')",
      reason: "account_locked",
      message: "The Reading Room says that the account is locked.",
      isFinal: true,
    },
    {
      selector: "#sign-in-error:has-text('password is wrong')",
      reason: "wrong_credentials",
      message: "The Reading Room did not take this email and password.",
    },
    {
      selector: "#sign-in-error:has-text('code is not right')",
      reason: "mfa_failed",
      message: "The Reading Room did not take the code.",
    },
  ],
} as const satisfies SignInPages;

const article = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  duration: z.number().int().describe("Seconds."),
  readAt: z.iso.datetime().describe("ISO 8601, UTC."),
});

export const readHistoryRead = operation({
  resource: "readHistory",
  action: "read",
  description: "What you have read: titles, sources and dates",
  arguments: historyArguments,
  result: z.object({ history: z.array(article) }),
  sample: {
    history: [
      {
        id: "art_1",
        title: "The quiet comeback of night trains",
        source: "Slow Travel Review",
        duration: 412,
        readAt: "2026-11-15T20:41:00.000Z",
      },
    ],
  },
  manifest: {
    origins: [site],
    commands: ["fetchInPage"],
    evidence: "synthetic",
  },
  async run(page, { limit }) {
    await signIn(page, pages);
    await page.updateStatus({ heading: "Reading", progress: 0.5 });
    const history: z.infer<typeof article>[] = [];
    for (let cursor: string | null = ""; cursor !== null && history.length < (limit ?? Number.POSITIVE_INFINITY); ) {
      const { articles, nextCursor } = await readPage(page, cursor);
      history.push(...articles);
      cursor = articles.length === 0 ? null : nextCursor;
    }
    await page.updateStatus({ heading: "Done", progress: 1 });
    const once = withoutRepeats("The reading history", history, ({ id }) => id);
    return { history: once.sort((a, b) => (a.readAt < b.readAt ? 1 : -1)).slice(0, limit) };
  },
});

const answer = z.object({ articles: z.array(article), nextCursor: z.string().nullable() });

async function readPage(page: Page, cursor: string): Promise<z.infer<typeof answer>> {
  const what = "The reading history";
  const response = page.fetchInPage({
    url: page.siteUrl(`${site}/api/reading-history?cursor=${encodeURIComponent(cursor)}`),
    path: "{articles:articles[].{id,title,source,duration:secondsRead,readAt},nextCursor}",
    timeout: siteAnswerMs,
  });
  return siteData(
    what,
    response.then((got) => answered(what, got)),
    answer,
  );
}
