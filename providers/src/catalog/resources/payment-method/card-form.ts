import { handle, same } from "@passage/providers/reads/leaf";
import { reads } from "@passage/providers/reads/read";
import { click, commit, fill, place, steps, visible } from "@passage/providers/steps/step";
import * as z from "zod";
import type { Carrier } from "./carrier.ts";
import { walletList } from "./wallet.ts";

/** What a saved method says of the card that was typed. The sites do not tell of every method when it expires and where it is billed. */
const likeness = z.object({
  paymentMethodId: handle(),
  lastFour: same("cardNumber.last4", "last4"),
  expirationDate: same("expirationDate", "expiry").nullable(),
  billingZip: same("billingZip", "postcode").nullable(),
});

/** All that adding a card does, reads and says, for a manifest. Carriers differ by their addresses only. */
export function cardForm({ wallet, paymentOrigin }: Carrier) {
  const { signIn } = wallet;
  const { name } = signIn.pages;
  /** The number is typed into the payment host's frame, where the site itself cannot read it. */
  const frame = { selector: "#card-frame", origin: paymentOrigin };
  const save = "#save-card";
  const address = (selector: string, from: string) =>
    fill({ selector, kind: "address", from: `billingAddress.${from}` });
  const form = {
    walletPage: place(wallet.page),
    addPage: place(wallet.add),
    cardNumber: fill({ selector: "#card-number", frame, kind: "cc-number", from: "cardNumber" }),
    expirationDate: fill({ selector: "#card-expiry", frame, kind: "cc-exp", from: "expirationDate" }),
    cvv: fill({ selector: "#card-cvv", frame, kind: "cc-csc", from: "cvv" }),
    nameOnCard: fill({ selector: "#name-on-card", kind: "cc-name", from: "nameOnCard" }),
    billingZip: fill({ selector: "#billing-zip", kind: "postal-code", from: "billingZip" }),
    line1: address("#address-line1", "line1"),
    line2: address("#address-line2", "line2"),
    city: address("#address-city", "city"),
    state: address("#address-state", "state"),
    review: click("#review-card"),
    /** The review with its last button, or the site's refusal in its place. */
    reviewed: visible(firstOf(save, shown.alert)),
    save: commit(save, `Save the card ending in {cardNumber.last4}, expires {expirationDate}, to ${name}?`),
    /** The site's answer to the last button. */
    answered: visible(firstOf(shown.saved, shown.alert)),
    saved: visible(firstOf(shown.saved)),
    refused: visible(firstOf(shown.alert)),
  };
  const names = "how many payment methods you have saved";
  const likenesses = "which of your saved payment methods have the last four digits, expiry and ZIP code of this card";
  return {
    name,
    signIn,
    form,
    steps: steps({ ...signIn.steps, ...form }),
    reads: reads({
      names: walletList(wallet, names, z.object({ paymentMethodId: handle() })),
      likenesses: walletList(wallet, likenesses, likeness),
    }),
    says: [...signIn.says, "Opening your payment methods", "Filling the card form", "Checking that the card was saved"],
  };
}
export type CardForm = ReturnType<typeof cardForm>;

const shown = { alert: "#card-alert", saved: "#card-saved" } as const;

function firstOf(...selectors: readonly string[]): string {
  return `:is(${selectors.join(", ")}):visible >> nth=0`;
}
