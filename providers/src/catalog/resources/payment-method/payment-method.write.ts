import { type Operation, operation } from "@passage/providers/define";
import { addCard } from "./add-card.ts";
import { cardForm } from "./card-form.ts";
import type { Carrier } from "./carrier.ts";
import { writeArguments, writeResult } from "./method.ts";

/** `paymentMethod.write` of a carrier: they differ by their addresses only. */
export function paymentMethodWrite(carrier: Carrier): Operation {
  const card = cardForm(carrier);
  const { reads, steps, says } = card;
  return operation({
    resource: "paymentMethod",
    action: "write",
    description: "Save a card to your account, after you have confirmed it",
    arguments: writeArguments,
    result: writeResult,
    sample: { success: true, card: { last4: "4242" } },
    manifest: {
      origins: [...carrier.siteOrigins, carrier.paymentOrigin],
      signIn: carrier.signInOrigins,
      reads,
      steps,
      says,
      evidence: "synthetic",
    },
    run: (page, args) => addCard(page, args, card),
  });
}
