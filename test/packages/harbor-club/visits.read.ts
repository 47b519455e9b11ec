import { operation } from "@passage/providers/define";
import { date, held, integer, list, text } from "@passage/providers/reads/leaf";
import { between, heldBy, param, reads, request } from "@passage/providers/reads/read";
import { signIn } from "@passage/providers/steps/sign-in";
import { place, steps } from "@passage/providers/steps/step";
import * as z from "zod";
import { signInOrigin, signInPages, site } from "./pages.ts";

const visit = z.object({ boat: z.string(), arrivedOn: z.string().describe("YYYY-MM-DD"), nights: z.number() });

/** The club's app gets a bearer token for its session, and asks for everything with it. */
const app = `${site}/app` as const;
const calls = reads({
  token: request({
    what: "the app's access to your visits, which stays on this device",
    on: app,
    post: "/auth/token",
    data: z.object({ accessToken: held() }),
  }),
  visits: request({
    what: "visits to your berths: boat, arrival and nights",
    on: app,
    get: "/api/visits",
    query: { page: param("page") },
    params: { page: between(1, 50) },
    headers: { authorization: heldBy("token", "accessToken", "Bearer ") },
    data: z.object({
      visits: list(z.object({ boat: text(60), arrivedOn: date(), nights: integer(1, 365) }), 50),
      nextPage: integer(1, 50).nullable(),
    }),
  }),
});
const does = steps({ ...signInPages.steps, app: place(app) });

export const visitsRead = operation({
  resource: "visits",
  action: "read",
  description: "Visits to your berths: boat, arrival and nights of each",
  arguments: z.object({ limit: z.number().int("must be a whole number").positive("must be positive").optional() }),
  result: z.object({ visits: z.array(visit) }),
  manifest: {
    origins: [site, signInOrigin],
    signIn: [signInOrigin],
    reads: calls,
    steps: does,
    says: [...signInPages.says, "Reading the visits"],
    evidence: "synthetic",
  },
  async run(page, { limit = Number.POSITIVE_INFINITY }) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading the visits", progress: 0.5 });
    await page.go(does.app);
    await page.read(calls.token);
    const visits: z.infer<typeof visit>[] = [];
    for (let next: number | null = 1; next !== null && visits.length < limit; ) {
      const answer: z.infer<typeof calls.visits.data> = await page.read(calls.visits, { page: next });
      visits.push(...answer.visits);
      next = answer.nextPage;
    }
    return { visits: visits.slice(0, limit) };
  },
});
