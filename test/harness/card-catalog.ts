import { defineProvider, operation } from "@passage/providers/define";
import { sensitive } from "@passage/providers/sensitive";
import * as z from "zod";

export { findOperation } from "../../providers/src/catalog.ts";

/** The catalog of a server for tests: one operation that has a card number typed into a field of the sandbox. */
export const providers = [
  defineProvider({
    id: "wallet",
    name: "Wallet",
    version: 1,
    site: "https://www.t-mobile.com",
    operations: [
      operation({
        resource: "card",
        action: "write",
        description: "Save a card to your account",
        arguments: z.object({
          cardNumber: sensitive("the card number", z.string().regex(/^\d{13,19}$/, "must be 13 to 19 digits")),
          nameOnCard: z.string(),
        }),
        result: z.object({ last4: z.string() }),
        manifest: {
          origins: ["https://www.t-mobile.com", "https://account.t-mobile.com"],
          evidence: "synthetic",
        },
        async run(page, args) {
          await page.navigate({ url: page.siteUrl("https://www.t-mobile.com/account") });
          await page.waitForSelector({ selector: "#usernameTextBox" });
          await page.batch([
            ["fill", { selector: "#usernameTextBox", value: args.cardNumber }],
            ["updateStatus", { heading: `Filled in ${args.cardNumber}` }],
          ]);
          await page.yieldToUser({ conditions: [{ type: "url", pattern: "#looked$" }] });
          await page.type({ selector: "#usernameTextBox", text: args.cardNumber });
          await page.yieldToUser({ conditions: [{ type: "url", pattern: "#done$" }] });
          return { last4: args.cardNumber.ending(4) };
        },
      }),
    ],
  }),
];

export function findProvider(id: string) {
  return providers.find((provider) => provider.id === id);
}
