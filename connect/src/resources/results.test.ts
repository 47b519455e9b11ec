import { expect, expectTypeOf, test } from "vitest";
import type { Catalog, CreatedLink, Link, LinkCompleteEvent, ResultOf, WebhookEvent } from "../index.ts";
import { Passage, verifyWebhook } from "../index.ts";
import { completeBody, startSender } from "../testing/signing.ts";

type Bills = Catalog["tmobile"]["mobileBillingStatement:read"]["result"];
type Cards = Catalog["tmobile"]["paymentMethod:read"]["result"];

const bills = { billing: [{ periodStart: "10/05/2026", amountDue: 85, currency: "USD" }] };
const cards = { paymentMethods: [] };

/** A client whose server answers every request with a link that has `fields`. */
function passageThatAnswers(fields: object): Passage {
  const link = { id: "link_1", linkId: "link_1", integrationId: "tmobile", operations: [], result: null, ...fields };
  return new Passage({ apiKey: "psg_test_x", fetch: async () => Response.json(link) });
}

test("[N6] a link's results have the types of its provider's operations", async () => {
  const operations = [{ resource: "mobileBillingStatement", action: "read" }];
  const passage = passageThatAnswers({ status: "complete", operations, result: bills });
  const created = await passage.links.create({
    provider: "tmobile",
    operations: [{ type: "mobileBillingStatement:read", arguments: { limit: 3 } }],
  });
  expectTypeOf(created.integrationId).toEqualTypeOf<"tmobile">();
  const link = await passage.links.waitFor(created);
  expectTypeOf(link.results).toEqualTypeOf<{ readonly "mobileBillingStatement:read": Bills } | undefined>();
  expectTypeOf(link.results?.["mobileBillingStatement:read"].billing[0]?.amountDue).toEqualTypeOf<number | undefined>();
  // @ts-expect-error: not asked for
  link.results?.["paymentMethod:read"];
  expect(link.results).toEqual({ "mobileBillingStatement:read": bills });
  expect((await passage.links.get(created)).results).toEqual(link.results);
});

test("[N6] several operations, and a link that has no result yet", async () => {
  const operations = [
    { resource: "mobileBillingStatement", action: "read" },
    { resource: "paymentMethod", action: "read" },
  ];
  const data = [bills, cards];
  const result = { operations: operations.map((named, index) => ({ ...named, data: data[index] })) };
  const request = {
    provider: "tmobile",
    operations: [{ type: "mobileBillingStatement:read" }, { type: "paymentMethod:read" }],
  } as const;
  const passage = passageThatAnswers({ status: "complete", operations, result });
  const link = await passage.links.get(await passage.links.create(request));
  expectTypeOf(link.results).toEqualTypeOf<
    { readonly "mobileBillingStatement:read": Bills; readonly "paymentMethod:read": Cards } | undefined
  >();
  expect(link.results).toEqual({ "mobileBillingStatement:read": bills, "paymentMethod:read": cards });
  const waiting = passageThatAnswers({ status: "pending", operations });
  expect((await waiting.links.get("link_1")).results).toBeUndefined();
});

test("[N6] by id a link is typed where the provider is named", () => {
  const links = passageThatAnswers({}).links;
  const byName = () => links.get<"ubereats">("link_1");
  expectTypeOf<Awaited<ReturnType<typeof byName>>["results"]>().toEqualTypeOf<
    | {
        readonly "orderHistory:read"?: ResultOf<"ubereats", "orderHistory:read">;
        readonly "account:read"?: ResultOf<"ubereats", "account:read">;
      }
    | undefined
  >();
  const byId = () => links.get("link_1");
  expectTypeOf<Awaited<ReturnType<typeof byId>>>().toEqualTypeOf<Link>();
});

test("[N6] a misspelt provider, operation or argument does not compile; the documented body takes any provider", () => {
  const { links } = passageThatAnswers({});
  const misspelt = [
    // @ts-expect-error: no such provider
    () => links.create({ provider: "tmobil", operations: [{ type: "mobileBillingStatement:read" }] }),
    // @ts-expect-error: no such operation
    () => links.create({ provider: "tmobile", operations: [{ type: "mobileBillingStatements:read" }] }),
    // @ts-expect-error: another provider's operation
    () => links.create({ provider: "tmobile", operations: [{ type: "orderHistory:read" }] }),
    () =>
      links.create({
        provider: "tmobile",
        // @ts-expect-error: no such argument
        operations: [{ type: "mobileBillingStatement:read", arguments: { limits: 3 } }],
      }),
    // @ts-expect-error: a card is needed
    () => links.create({ provider: "tmobile", operations: [{ type: "paymentMethod:write" }] }),
    // @ts-expect-error: webhookUrl is meant
    () => links.create({ provider: "att", operations: [{ type: "paymentMethod:read" }], webhookURL: "" }),
  ];
  expect(misspelt).toHaveLength(6);
  const own = () => links.create({ integrationId: "cedar-library", resource: "loans", action: "read" });
  expectTypeOf<Awaited<ReturnType<typeof own>>>().toEqualTypeOf<CreatedLink>();
  expectTypeOf<Awaited<ReturnType<typeof ofOwn>>["results"]>().toEqualTypeOf<
    Readonly<Record<string, unknown>> | undefined
  >();
  async function ofOwn() {
    return links.get(await own());
  }
});

test("[N6] an event's results are typed by operation, and by provider where it is named", async () => {
  const sender = await startSender();
  const event = await verifyWebhook(await sender.webhook({ body: completeBody }), sender.options);
  expectTypeOf(event).toEqualTypeOf<WebhookEvent>();
  if (event.event !== "link.complete") expect.unreachable();
  expectTypeOf(event.results?.["orderHistory:read"]?.orderCount).toEqualTypeOf<number | undefined>();
  // @ts-expect-error: no provider offers it
  event.results?.["orderHistories:read"];
  expect(event.results?.["orderHistory:read"]?.orderCount).toBe(2);
  const named = await verifyWebhook<"tmobile">(await sender.webhook(), sender.options);
  expectTypeOf<Extract<typeof named, { event: "link.complete" }>>().toEqualTypeOf<LinkCompleteEvent<"tmobile">>();
  await sender.stop();
});
