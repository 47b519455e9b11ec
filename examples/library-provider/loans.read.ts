import { usDay } from "@passage/providers/dates";
import { operation } from "@passage/providers/define";
import { date, integer, list, text } from "@passage/providers/reads/leaf";
import { between, param, reads, request } from "@passage/providers/reads/read";
import { signIn } from "@passage/providers/steps/sign-in";
import { steps } from "@passage/providers/steps/step";
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

/** A loan as the site's own server answers it. */
const siteLoan = z.object({ title: text(200), author: text(100), dueOn: date(), renewalsLeft: integer(0, 99) });

const library = reads({
  loans: request({
    // Only this leaves the device: the answer also holds the person's name and card number.
    what: "what you have on loan: title, author, due date and renewals left",
    on: `${site}/account`,
    get: "/api/loans",
    query: { page: param("page") },
    params: { page: between(1, 100) },
    data: z.object({ loans: list(siteLoan, 50), nextPage: integer(1, 100).nullable() }),
  }),
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
    reads: library,
    steps: steps(signInPages.steps),
    says: [...signInPages.says, "Reading your loans", "Done"],
    evidence: "synthetic",
  },
  async run(page, { limit = Number.POSITIVE_INFINITY }) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your loans", progress: 0.5 });
    const loans: z.infer<typeof loan>[] = [];
    for (let next: number | null = 1; next !== null && loans.length < limit; ) {
      const answer: z.infer<typeof library.loans.data> = await page.read(library.loans, { page: next });
      loans.push(...answer.loans.map(toLoan));
      next = answer.nextPage;
    }
    await page.updateStatus({ heading: "Done", progress: 1 });
    return { loans: loans.slice(0, limit) };
  },
});

export function toLoan({ dueOn, renewalsLeft, ...found }: z.infer<typeof siteLoan>): z.infer<typeof loan> {
  return { ...found, dueDate: usDay(dueOn), canRenew: renewalsLeft > 0 };
}
