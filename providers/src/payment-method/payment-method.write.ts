import { type Operation, operation } from "../define.ts";
import { addCard } from "./add-card.ts";
import type { Carrier } from "./carrier.ts";
import { writeArguments, writeResult } from "./method.ts";

/** `paymentMethod.write` of a carrier: they differ by their addresses only. */
export function paymentMethodWrite({ siteOrigins, signInOrigins, paymentOrigin, wallet }: Carrier): Operation {
  return operation({
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
}
