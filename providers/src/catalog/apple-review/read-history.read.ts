import { operation } from "@passage/providers/define";
import { signIn } from "@passage/providers/steps/sign-in";
import { steps } from "@passage/providers/steps/step";
import * as z from "zod";
import { readHistory, readingHistory } from "./history.ts";
import { pages, site } from "./pages.ts";

const historyArguments = z.object({
  limit: z.number().int("must be a positive integer").positive("must be a positive integer").optional(),
});

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
    reads: readingHistory,
    steps: steps(pages.steps),
    says: [...pages.says, "Reading", "Done"],
    evidence: "synthetic",
  },
  async run(page, { limit }) {
    await signIn(page, pages);
    await page.updateStatus({ heading: "Reading", progress: 0.5 });
    const history = await readHistory(page, limit);
    await page.updateStatus({ heading: "Done", progress: 1 });
    return { history };
  },
});
