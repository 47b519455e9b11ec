import { failure } from "@passage/providers/failure";
import type { Page } from "@passage/providers/page";
import { withoutRepeats } from "@passage/providers/repeats";
import { signIn } from "@passage/providers/steps/sign-in";
import type { Condition } from "@passage/providers/steps/step";
import type * as z from "zod";
import type { CardForm } from "./card-form.ts";
import type { WriteArguments, writeResult } from "./method.ts";

/**
 * Adds a card by filling the site's form where the person sees it. `dryRun` stops at the last button. Otherwise the person
 * confirms on the device, and the wallet is read again: the card must be in it, once more than before.
 */
export async function addCard(page: Page, args: WriteArguments, card: CardForm): Promise<z.input<typeof writeResult>> {
  const { name, form, reads } = card;
  const last4 = args.cardNumber.ending(4);
  await signIn(page, card.signIn);
  await page.updateStatus({ heading: "Opening your payment methods", progress: 0.4 });
  await page.go(form.walletPage);
  const before = await page.read(reads.names);
  await page.go(form.addPage);
  await page.updateStatus({ heading: "Filling the card form", progress: 0.6 });
  await fillForm(page, args, card);
  await page.tap(form.review);
  await nextPart(page, card, last4, form.reviewed);
  if (args.dryRun) {
    await page.go(form.walletPage);
    return { dryRun: true, card: { last4 } };
  }
  await confirm(page, card);
  await nextPart(page, card, last4, form.answered);
  await page.updateStatus({ heading: "Checking that the card was saved", progress: 0.9 });
  await page.go(form.walletPage);
  const known = new Set(before.paymentMethods.map(({ paymentMethodId }) => paymentMethodId));
  const after = (await page.read(reads.likenesses)).paymentMethods;
  const added = withoutRepeats(`${name}'s list of payment methods`, after, (one) => one.paymentMethodId).filter(
    ({ paymentMethodId }) => !known.has(paymentMethodId),
  );
  const isThere = added.some(
    ({ lastFour, expirationDate, billingZip }) => lastFour && expirationDate === true && billingZip !== false,
  );
  if (isThere) return { success: true, card: { last4 } };
  throw failure("site_changed", `${name} said that the card was saved, but it is not in the wallet.`, {
    expected: `a new card ending in ${last4}`,
    seen: `${added.length} new payment methods`,
  });
}

async function fillForm(page: Page, args: WriteArguments, { form }: CardForm): Promise<void> {
  const { billingAddress: address } = args;
  await page.enterAll([
    [form.cardNumber, args.cardNumber],
    [form.expirationDate, args.expirationDate],
    [form.cvv, args.cvv],
    [form.nameOnCard, args.nameOnCard],
    [form.billingZip, args.billingZip],
  ]);
  if (!address) return;
  await page.enterAll([
    [form.line1, address.line1],
    [form.line2, address.line2 ?? ""],
    [form.city, address.city],
    [form.state, address.state],
  ]);
}

/** The person says yes on the device, which then saves the card; or presses the site's own button, which is as good. */
async function confirm(page: Page, { name, form }: CardForm): Promise<void> {
  const outcome = await page.turn({ until: [form.save, form.saved, form.refused] });
  if (!outcome.matched)
    throw failure("user_gave_up", `The card was not saved to ${name}: the person did not confirm it.`);
}

/** Waits for the form's next part; an alert in its place is the site's refusal. */
async function nextPart(page: Page, { name, form }: CardForm, last4: string, part: Condition): Promise<void> {
  const [isRefused] = await page.look([form.refused], { first: part });
  if (isRefused) throw failure("blocked_by_site", `${name} did not take the card ending in ${last4}.`);
}
