import { usDate } from "@passage/providers/dates";
import { operation } from "@passage/providers/define";
import { failure } from "@passage/providers/failure";
import type { Page } from "@passage/providers/page";
import { signIn } from "@passage/providers/sign-in";
import { answered, siteAnswerMs, siteData } from "@passage/providers/site-data";
import * as z from "zod";
import { signInOrigin, signInPages, site } from "./pages.ts";

const loansArguments = z.object({
  limit: z.number().int("must be a positive integer").positive("must be a positive integer").optional(),
});

const loan = z.object({
  title: z.string(),
  author: z.string(),
  dueDate: z.string().describe("MM/DD/YYYY"),
  canRenew: z.boolean(),
});

export const loansRead = operation({
  resource: "loans",
  action: "read",
  description: "What you have on loan: title, author and due date of each",
  arguments: loansArguments,
  result: z.object({ loans: z.array(loan) }),
  manifest: {
    origins: [site, signInOrigin],
    signIn: [signInOrigin],
    commands: ["fetchInPage"],
    evidence: "synthetic",
  },
  async run(page, { limit = Number.POSITIVE_INFINITY }) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your loans", progress: 0.5 });
    const loans: z.infer<typeof loan>[] = [];
    for (let next: number | null = 1; next !== null && loans.length < limit; ) {
      const answer = await readPage(page, next);
      loans.push(...answer.loans.map(toLoan));
      next = answer.nextPage;
    }
    await page.updateStatus({ heading: "Done", progress: 1 });
    return { loans: loans.slice(0, limit) };
  },
});

/** A loan as the site's own server answers it. */
const siteLoan = z.object({ title: z.string(), author: z.string(), dueOn: z.string(), renewalsLeft: z.number() });
const loansPage = z.object({ loans: z.array(siteLoan), nextPage: z.number().nullable() });

function readPage(page: Page, number: number): Promise<z.infer<typeof loansPage>> {
  const what = "Cedar Library's loans";
  const asked = page.fetchInPage({
    url: page.siteUrl(`${site}/api/loans?page=${number}`),
    // Only this leaves the device: the answer also holds the person's name and card number.
    path: "{loans:loans[].{title,author,dueOn,renewalsLeft},nextPage?}",
    timeout: siteAnswerMs,
  });
  return siteData(
    what,
    asked.then((answer) => answered(what, answer)),
    loansPage,
  );
}

export function toLoan({ title, author, dueOn, renewalsLeft }: z.infer<typeof siteLoan>): z.infer<typeof loan> {
  const dueDate = usDate(dueOn);
  if (!dueDate)
    throw failure("schema_drift", "A loan's due date has an unknown spelling.", {
      expected: "Dec 4, 2026",
      seen: dueOn,
    });
  return { title, author, dueDate, canRenew: renewalsLeft > 0 };
}
