import { describe, expect, test } from "vitest";
import { createLink } from "../harness/api.ts";
import { closeWindow, pressDone } from "../harness/devtools-hands.ts";
import { journey } from "../harness/journey.ts";
import { countRequests, readSandboxLog } from "../harness/sandbox-log.ts";
import { testCard } from "../harness/test-card.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();
const timeout = 90_000;
const bills = { resource: "mobileBillingStatement", action: "read" };
const methods = { resource: "paymentMethod", action: "read" };
const write = { resource: "paymentMethod", action: "write", arguments: testCard };
const dryRun = { ...write, arguments: { ...testCard, dryRun: true } };

describe.each(["tmobile", "att", "verizon"])("%s", (provider) => {
  test("bills, no more than the limit, in at most 12 round trips after the sign-in", { timeout }, async () => {
    const read = { ...bills, arguments: { limit: 2 } };
    const { link, event, commands } = await journey(passage, provider, "user_good", [read]);
    const bill = (from: string, to: string) =>
      expect.objectContaining({ periodStart: from, periodEnd: to, amountDue: 85, currency: "USD" });
    const result = { billing: [bill("10/05/2026", "11/04/2026"), bill("09/05/2026", "10/04/2026")] };
    expect(link).toMatchObject({ status: "complete", result });
    expect(event).toMatchObject({ event: "link.complete", result });
    expect(commands.slice(commands.indexOf("yield") + 1).length).toBeLessThanOrEqual(12);
  });

  test("payment methods, each kind with what the site shows of it", { timeout }, async () => {
    const { event } = await journey(passage, provider, "user_mixed_wallet", [methods]);
    expect(event.result).toMatchObject({
      paymentMethods: [
        {
          order: 1,
          vendorId: "pm_1001",
          last4: "1881",
          type: "credit_card",
          isDefault: true,
          brand: "Visa",
          expirationDate: "08/29",
          nickname: "Everyday card",
          billingZip: "98101",
        },
        { order: 2, last4: "5100", type: "debit_card", isDefault: false },
        { order: 3, last4: "6789", type: "bank_account" },
      ],
    });
  });

  test("all three operations in one link, in order, with one sign-in", { timeout }, async () => {
    const { event, outcomes, commands } = await journey(passage, provider, "user_no_mfa", [dryRun, bills, methods]);
    expect(event).toMatchObject({ event: "link.complete", result: { operations: outcomes } });
    expect(outcomes).toMatchObject([
      { resource: "paymentMethod", action: "write", data: { dryRun: true, card: { last4: "4242" } } },
      { ...bills, data: { billing: { length: 14 } } },
      { ...methods, data: { paymentMethods: { length: 2 } } },
    ]);
    expect(commands.filter((command) => command === "yield")).toHaveLength(1);
  });

  test("a card is saved after the person has confirmed it, and is then in the wallet", { timeout }, async () => {
    const savedBefore = await savedCards(provider);
    const { event } = await journey(passage, provider, "user_no_mfa", [write], async (person) => {
      await person.waitForSelector("#card-review");
      expect(await savedCards(provider)).toBe(savedBefore);
      await pressDone(person);
    });
    expect(event).toMatchObject({ event: "link.complete", result: { success: true, card: { last4: "4242" } } });
    expect(await savedCards(provider)).toBe(savedBefore + 1);
  });
});

test.each([
  ["a card that the site refuses", "verizon", "blocked_by_site"],
  ["a card that the person does not confirm", "att", "user_gave_up"],
])("%s is not saved, and the link says why", { timeout }, async (_what, provider, reason) => {
  const refused = { ...write, arguments: { ...testCard, cardNumber: "4000000000000002" } };
  const savedBefore = await savedCards(provider);
  const { link, event } = await journey(passage, provider, "user_no_mfa", [refused], async (person) => {
    await person.waitForSelector("#card-review");
    if (reason === "blocked_by_site") await pressDone(person);
    else await closeWindow(person);
  });
  expect(event).toMatchObject({ event: "link.failed", error: { details: { reason } } });
  expect(await savedCards(provider)).toBe(savedBefore + (reason === "blocked_by_site" ? 1 : 0));
  expect(JSON.stringify([link, event])).not.toContain(refused.arguments.cardNumber);
});

test("arguments that no card can have are refused before there is a link", async () => {
  const arguments_ = { ...testCard, expirationDate: "13/30" };
  await expect(createLink(passage, { integrationId: "att", ...write, arguments: arguments_ })).rejects.toThrow(
    /MM\/YY/,
  );
});

/** How often the site was asked to save a card. */
async function savedCards(provider: string): Promise<number> {
  const paths = {
    tmobile: "www.t-mobile.localhost/self-service-pub/v1/payment-methods",
    att: "www.att.localhost/msapi/payments/v1/storedpaymentmethods",
    verizon: "www.verizon.localhost/digital/nsa/secure/gw/payment/paymentmethods",
  };
  const counts = countRequests(await readSandboxLog(passage.port));
  return counts[`POST ${paths[provider as keyof typeof paths]}`] ?? 0;
}
