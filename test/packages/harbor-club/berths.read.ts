import { operation } from "@passage/providers/define";
import { list, money, text } from "@passage/providers/reads/leaf";
import { elements, reads } from "@passage/providers/reads/read";
import { signIn } from "@passage/providers/steps/sign-in";
import { steps } from "@passage/providers/steps/step";
import * as z from "zod";
import { signInOrigin, signInPages, site } from "./pages.ts";

const berth = z.object({
  name: z.string(),
  length: z.number().describe("metres"),
  yearlyFee: z.number().describe("USD"),
});

/** A row of the table that the site's server writes into the page. */
const row = z.object({ name: text(20), length: text(8), fee: money() });
const table = reads({
  berths: elements({
    what: "your berths: name, length and yearly fee",
    on: `${site}/berths`,
    rows: { css: "table#berths tbody tr" },
    fields: {
      name: { css: "td:nth-child(1)" },
      length: { css: "td:nth-child(2)", pick: "([\\d.]+) m" },
      fee: { css: "td:nth-child(3)" },
    },
    data: list(row, 20),
  }),
});

export const berthsRead = operation({
  resource: "berths",
  action: "read",
  description: "Your berths: name, length and yearly fee of each",
  arguments: null,
  result: z.object({ berths: z.array(berth) }),
  manifest: {
    origins: [site, signInOrigin],
    signIn: [signInOrigin],
    reads: table,
    steps: steps(signInPages.steps),
    says: [...signInPages.says, "Reading your berths"],
    evidence: "synthetic",
  },
  async run(page) {
    await signIn(page, signInPages);
    await page.updateStatus({ heading: "Reading your berths", progress: 0.5 });
    return { berths: (await page.read(table.berths)).map(toBerth) };
  },
});

function toBerth({ name, length, fee }: z.infer<typeof row>): z.infer<typeof berth> {
  return { name, length: Number(length), yearlyFee: Number(fee) };
}
