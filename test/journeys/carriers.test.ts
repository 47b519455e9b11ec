import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { createLink, getLink } from "../harness/api.ts";
import { openDeviceProcess } from "../harness/open-device.ts";
import { pressDone, signInAs } from "../harness/person.ts";
import { startReceiver } from "../harness/receiver.ts";
import { countRequests, readSandboxLog } from "../harness/sandbox-log.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();
const card = {
  cardNumber: "4242 4242 4242 4242",
  expirationDate: "12/30",
  cvv: "123",
  nameOnCard: "Sam Doe",
  billingZip: "98101",
  billingAddress: { line1: "500 Pine St", city: "Seattle", state: "WA" },
};
const billing = { resource: "mobileBillingStatement", action: "read" };
const read = { resource: "paymentMethod", action: "read" };
const write = { resource: "paymentMethod", action: "write" };

/** One link through the product, with a person on the device and a receiver. */
async function run(provider: string, user: string, operation: object, afterSignIn = async (_person: Page) => {}) {
  const receiver = await startReceiver();
  const link = await createLink(passage, { integrationId: provider, webhookUrl: receiver.url, ...operation });
  const device = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await signInAs(device.person, provider, user);
  await afterSignIn(device.person);
  expect(await device.ended, device.output()).toBe(0);
  const [delivered] = await receiver.count(1);
  await receiver.stop();
  const commands = [...device.output().matchAll(/^ *\d+ (\w+) \d+ ms/gm)].map(([, command]) => command);
  return { link: await getLink(passage, link.linkId), event: JSON.parse(delivered?.body ?? "{}"), commands };
}

describe.each(["tmobile", "att", "verizon"])("%s", (provider) => {
  test("bills, no more than the limit, in at most 12 round trips after the sign-in", { timeout: 90_000 }, async () => {
    const { link, event, commands } = await run(provider, "user_good", { ...billing, arguments: { limit: 2 } });
    const bill = (from: string, to: string) =>
      expect.objectContaining({ periodStart: from, periodEnd: to, amountDue: 85, currency: "USD" });
    const result = { billing: [bill("10/05/2026", "11/04/2026"), bill("09/05/2026", "10/04/2026")] };
    expect(link).toMatchObject({ status: "complete", result });
    expect(event).toMatchObject({ event: "link.complete", result });
    expect(commands.slice(commands.indexOf("yield") + 1).length).toBeLessThanOrEqual(12);
  });

  test("payment methods, then a dry run of a card, with one sign-in", { timeout: 90_000 }, async () => {
    const operations = [read, { ...write, arguments: { ...card, dryRun: true } }];
    const { link, commands } = await run(provider, "user_mixed_wallet", { operations });
    expect(link).toMatchObject({
      status: "complete",
      result: {
        operations: [
          {
            ...read,
            data: {
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
            },
          },
          { ...write, data: { dryRun: true, card: { last4: "4242" } } },
        ],
      },
    });
    expect(commands.filter((command) => command === "yield")).toHaveLength(1);
  });

  test("a card is saved after the person has confirmed it, and is then in the wallet", {
    timeout: 90_000,
  }, async () => {
    const savedBefore = await savedCards(provider);
    const { link } = await run(provider, "user_no_mfa", { ...write, arguments: card }, async (person) => {
      await person.waitForSelector("#card-review");
      expect(await savedCards(provider)).toBe(savedBefore);
      await pressDone(person);
    });
    expect(link).toMatchObject({ status: "complete", result: { success: true, card: { last4: "4242" } } });
    expect(await savedCards(provider)).toBe(savedBefore + 1);
  });
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
