import type * as z from "zod";
import { failure } from "../failure.ts";
import type { Page } from "../page.ts";
import { signIn } from "../sign-in.ts";
import type { WriteArguments, writeResult } from "./method.ts";
import { readWallet, type Wallet } from "./wallet.ts";

/** The card form. The number is typed into the payment host's frame, where the site itself cannot read it. */
const form = {
  number: "frame=#card-frame >> #card-number",
  expiry: "frame=#card-frame >> #card-expiry",
  cvv: "frame=#card-frame >> #card-cvv",
  name: "#name-on-card",
  zip: "#billing-zip",
  line1: "#address-line1",
  line2: "#address-line2",
  city: "#address-city",
  state: "#address-state",
  review: "#review-card",
  save: "#save-card",
} as const;
const shown = { alert: "#card-alert", review: "#card-review", saved: "#card-saved" } as const;

/**
 * Adds a card by filling the site's form where the person sees it. `dryRun` stops at the last button. Otherwise the person
 * confirms on the device, and the wallet is read again: the card must be in it, once more than before.
 */
export async function addCard(page: Page, args: WriteArguments, wallet: Wallet): Promise<z.input<typeof writeResult>> {
  const { name } = wallet.signIn;
  const last4 = args.cardNumber.ending(4);
  await signIn(page, wallet.signIn);
  await page.updateStatus({ heading: "Opening your payment methods", progress: 0.4 });
  const before = await readWallet(page, wallet);
  await page.navigate({ url: page.siteUrl(wallet.add) });
  await page.updateStatus({ heading: "Filling the card form", progress: 0.6 });
  await fillForm(page, args);
  await page.click({ selector: form.review });
  await nextStep(page, name, last4, shown.review);
  if (args.dryRun) {
    await page.navigate({ url: page.siteUrl(wallet.page) });
    return { dryRun: true, card: { last4 } };
  }
  await confirm(page, name, `Card ending in ${last4}, expires ${args.expirationDate}`);
  await nextStep(page, name, last4, shown.saved);
  await page.updateStatus({ heading: "Checking that the card was saved", progress: 0.9 });
  const known = new Set(before.map(({ vendorId }) => vendorId));
  const added = (await readWallet(page, wallet)).filter(({ vendorId }) => !known.has(vendorId));
  const isThere = added.some(
    (method) =>
      method.last4 === last4 &&
      method.expirationDate === args.expirationDate &&
      (method.billingZip ?? args.billingZip) === args.billingZip,
  );
  if (isThere) return { success: true, card: { last4 } };
  throw failure("site_changed", `${name} said that the card was saved, but it is not in the wallet.`, {
    expected: `a new card ending in ${last4}`,
    seen: `${added.length} new payment methods`,
  });
}

async function fillForm(page: Page, args: WriteArguments): Promise<void> {
  const { billingAddress: address } = args;
  await page.fill({ selector: form.number, value: args.cardNumber });
  await page.fill({ selector: form.expiry, value: args.expirationDate });
  await page.fill({ selector: form.cvv, value: args.cvv });
  await page.batch([
    ["fill", { selector: form.name, value: args.nameOnCard }],
    ["fill", { selector: form.zip, value: args.billingZip }],
  ]);
  if (!address) return;
  await page.batch([
    ["fill", { selector: form.line1, value: address.line1 }],
    ["fill", { selector: form.line2, value: address.line2 ?? "" }],
    ["fill", { selector: form.city, value: address.city }],
    ["fill", { selector: form.state, value: address.state }],
  ]);
}

/** The person says yes on the device before anything is changed; or presses the site's own button, which is as good. */
async function confirm(page: Page, name: string, card: string): Promise<void> {
  const outcome = await page.yieldToUser({
    status: { heading: `Save this card to ${name}?`, subheading: `${card}. It is saved when you press “I'm done”.` },
    conditions: [
      { type: "userDone" },
      { type: "selector", selector: shown.saved },
      { type: "selector", selector: shown.alert },
    ],
  });
  if (!outcome.matched)
    throw failure("user_gave_up", `The card was not saved to ${name}: the person did not confirm it.`);
  if (outcome.condition === 0) await page.click({ selector: form.save });
}

/** Waits for the form's next part; an alert in its place is the site's refusal. */
async function nextStep(page: Page, name: string, last4: string, part: string): Promise<void> {
  await page.waitForSelector({ selector: `:is(${part}, ${shown.alert}):visible` });
  const { visible } = await page.isVisible({ selector: shown.alert });
  if (visible) throw failure("blocked_by_site", `${name} did not take the card ending in ${last4}.`);
}
