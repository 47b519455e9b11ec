import { defineProvider, operation } from "@passage/providers/define";
import { sensitive } from "@passage/providers/sensitive";
import { atUrl, fill, place, steps, visible } from "@passage/providers/steps/step";
import * as z from "zod";

const signInOrigin = "https://account.t-mobile.com";
const does = steps({
  account: place("https://www.t-mobile.com/account"),
  form: visible("#usernameTextBox"),
  number: fill({ selector: "#usernameTextBox", kind: "cc-number", from: "cardNumber" }),
  looked: atUrl(signInOrigin, "/.*#looked$"),
  done: atUrl(signInOrigin, "/.*#done$"),
});

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
          origins: ["https://www.t-mobile.com", signInOrigin],
          reads: {},
          steps: does,
          says: ["Filled in [the card number]"],
          evidence: "synthetic",
        },
        async run(page, args) {
          await page.go(does.account);
          await page.until(does.form);
          await page.enter(does.number, args.cardNumber);
          await page.updateStatus({ heading: `Filled in ${args.cardNumber}` });
          await page.turn({ until: [does.looked] });
          await page.enter(does.number, args.cardNumber);
          await page.turn({ until: [does.done] });
          return { last4: args.cardNumber.ending(4) };
        },
      }),
    ],
  }),
];
