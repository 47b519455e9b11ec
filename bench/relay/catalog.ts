import * as z from "zod";
import { defineProvider, operation } from "../../providers/src/define.ts";

export { findOperation } from "../../providers/src/catalog.ts";

/** How many answers one run asks for: enough that opening and ending the session are a small part of it. */
export const answersARun = 200;

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
        manifest: { origins: ["https://bench.example"], evidence: "synthetic" },
        async run(page) {
          let visible = 0;
          for (let asked = 0; asked < answersARun; asked++)
            if ((await page.isVisible({ selector: `#row-${asked}` })).visible) visible++;
          return { visible };
        },
      }),
    ],
  }),
];

export function findProvider(id: string) {
  return providers.find((provider) => provider.id === id);
}
