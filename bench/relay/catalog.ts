import { defineProvider, operation } from "@passage/providers/define";
import { steps, visible } from "@passage/providers/steps/step";
import * as z from "zod";

/** How many answers one run asks for: enough that opening and ending the session are a small part of it. */
export const answersARun = 200;

const rows = steps(
  Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`row${index}`, visible(`#row-${index}`)])),
);

/** The catalog of the benchmark's server: one operation that asks and asks, so that the journal is what is measured. */
export const providers = [
  defineProvider({
    id: "bench",
    name: "Bench",
    version: 1,
    site: "https://bench.example",
    operations: [
      operation({
        resource: "answers",
        action: "read",
        description: "Many small answers",
        arguments: null,
        result: z.object({ visible: z.number() }),
        manifest: { origins: ["https://bench.example"], reads: {}, steps: rows, says: [], evidence: "synthetic" },
        async run(page) {
          let visible = 0;
          for (let asked = 0; asked < answersARun; asked += 10)
            for (const row of Object.values(rows)) if (await page.at(row)) visible++;
          return { visible };
        },
      }),
    ],
  }),
];
