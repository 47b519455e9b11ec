import { runOperation } from "@passage/automation/run-operation";
import { pageOver } from "@passage/providers/page";
import { expect, test } from "vitest";
import { declaredNameOf, declaredScript } from "../../../../../test/harness/declared-script.ts";
import { testCard } from "../../../../../test/harness/test-card.ts";
import * as pages from "../../tmobile/pages.ts";
import { paymentMethodWrite } from "./payment-method.write.ts";

const { billingAddress: _, ...card } = testCard;
const other = { paymentMethodId: "h1", lastFour: false, expirationDate: false, billingZip: true };
const added = { paymentMethodId: "h2", lastFour: true, expirationDate: true, billingZip: true };

/** Runs the write with somebody who is signed in and says yes; afterwards the wallet holds these methods. */
async function write(paymentMethods: readonly object[], { given = {}, holds = ["signedIn"] } = {}) {
  const names = { paymentMethods: [{ paymentMethodId: "h1" }] };
  const places = ["account", "walletPage", "addPage"];
  const device = declaredScript({ places, holds, reads: { names, likenesses: { paymentMethods } } });
  const asked: string[] = [];
  const page = pageOver(async (request) => {
    const command = "yield" in request ? "yield" : request.command;
    const params = ("yield" in request ? request.yield : request.params) as Record<string, unknown>;
    asked.push(declaredNameOf({ params }) ?? command);
    return (device({ id: "", command, params }) as { result: unknown }).result;
  });
  const result = runOperation(paymentMethodWrite(pages), page, { ...card, ...given });
  return { asked, ended: await result.catch((error) => error.details) };
}

test.each([
  ["the card", [other, added]],
  ["the card twice word for word", [other, added, added]],
  ["the card, whose ZIP code the site does not tell, and one more", [other, { ...added, billingZip: null }, other]],
])("a wallet with %s: it was saved", async (_, wallet) => {
  expect((await write(wallet)).ended).toEqual({ success: true, card: { last4: "4242" } });
});

test.each([
  ["no new method", [other], "0 new"],
  ["the same card, which was there before", [{ ...added, paymentMethodId: "h1" }], "0 new"],
  ["another number", [other, { ...added, lastFour: false }], "1 new"],
  ["another expiry", [other, { ...added, expirationDate: false }], "1 new"],
  ["no expiry", [other, { ...added, expirationDate: null }], "1 new"],
  ["another ZIP code", [other, { ...added, billingZip: false }], "1 new"],
])("a wallet with %s: the site has changed", async (_, wallet, seen) => {
  const spot = { expected: "a new card ending in 4242", seen: `${seen} payment methods` };
  expect((await write(wallet)).ended).toMatchObject({ reason: "site_changed", ...spot });
});

test("two different methods under one handle are no wallet", async () => {
  expect((await write([other, { ...other, lastFour: true }])).ended).toMatchObject({ reason: "schema_drift" });
});

test("a dry run asks the person nothing, and leaves the form", async () => {
  const { asked, ended } = await write([other], { given: { dryRun: true } });
  expect(ended).toEqual({ dryRun: true, card: { last4: "4242" } });
  expect(asked).not.toContain("yield");
  expect(asked.at(-1)).toBe("walletPage");
});

test("an alert of the site in place of the review ends it, before the person is asked", async () => {
  const { asked, ended } = await write([other], { holds: ["signedIn", "refused"] });
  expect(ended).toMatchObject({ reason: "blocked_by_site" });
  expect(asked).not.toContain("yield");
});
