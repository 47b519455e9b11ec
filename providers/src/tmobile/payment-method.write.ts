import { operation } from "../define.ts";
import { addCard } from "../payment-method/add-card.ts";
import { writeArguments, writeResult } from "../payment-method/method.ts";
import { paymentOrigin, signInOrigins, siteOrigins, wallet } from "./pages.ts";

export const paymentMethodWrite = operation({
  resource: "paymentMethod",
  action: "write",
  description: "Save a card to your account, after you have confirmed it",
  arguments: writeArguments,
  result: writeResult,
  sample: { success: true, card: { last4: "4242" } },
  manifest: {
    origins: [...siteOrigins, paymentOrigin],
    signIn: signInOrigins,
    commands: ["fetchInPage"],
    evidence: "synthetic",
  },
  run: (page, args) => addCard(page, args, wallet),
});
