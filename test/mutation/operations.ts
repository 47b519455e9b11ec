import { providers } from "@passage/providers/catalog";
import type { Operation } from "@passage/providers/define";
import { articlesRead } from "../../sandbox/src/apple-review/history.ts";
import { findReader } from "../../sandbox/src/apple-review/users.ts";
import { billingCyclesOf } from "../../sandbox/src/billing-cycles.ts";
import { sandboxTable } from "../../sandbox/src/scenarios.ts";
import { ordersAfter } from "../../sandbox/src/ubereats/orders.ts";
import { findDiner } from "../../sandbox/src/ubereats/users.ts";
import { findUser } from "../../sandbox/src/users.ts";
import { startingMethods } from "../../sandbox/src/wallet/methods.ts";

/** One operation with who runs it and with what. */
export interface Case {
  readonly name: string;
  readonly provider: string;
  readonly user: string;
  readonly operation: Operation;
  readonly arguments: object;
  /** Whether a result of an undisturbed run is what the sandbox's own table says of this user. */
  readonly agrees: (result: unknown) => boolean;
}

const carrierUser = "user_mixed_wallet";
const card = {
  cardNumber: "4242424242424242",
  expirationDate: "12/30",
  cvv: "123",
  nameOnCard: "Sam Doe",
  billingZip: "98101",
  billingAddress: { line1: "500 Pine St", city: "Seattle", state: "WA" },
};

/** All of the catalog, one of them also as a dry run, the lists with and without a limit. */
export const cases: readonly Case[] = ["tmobile", "att", "verizon"]
  .flatMap((provider) => [
    one(provider, "mobileBillingStatement", "read", carrierUser, {}, billsAgree(14)),
    one(provider, "mobileBillingStatement", "read", carrierUser, { limit: 3 }, billsAgree(3)),
    one(provider, "paymentMethod", "read", carrierUser, {}, methodsAgree),
    one(provider, "paymentMethod", "write", carrierUser, card, isSaved),
    one(provider, "paymentMethod", "write", carrierUser, { ...card, dryRun: true }, isDryRun),
    one(provider, "account", "read", carrierUser, {}, accountAgrees(carrierUser)),
  ])
  .concat(
    one("ubereats", "orderHistory", "read", "user_no_mfa", {}, ordersAgree(12)),
    one("ubereats", "orderHistory", "read", "user_no_mfa", { limit: 4 }, ordersAgree(4)),
    one("apple-review", "readHistory", "read", "user_good", {}, articlesAgree(28)),
    one("apple-review", "readHistory", "read", "user_good", { limit: 5 }, articlesAgree(5)),
    one("ubereats", "account", "read", "user_no_mfa", {}, accountAgrees("user_no_mfa")),
    one("apple-review", "account", "read", "user_good", {}, accountAgrees("user_good")),
  );

function one(
  id: string,
  resource: string,
  action: string,
  user: string,
  args: { readonly limit?: number; readonly dryRun?: boolean; readonly cvv?: string },
  agrees: Case["agrees"],
): Case {
  const provider = providers.find((found) => found.id === id);
  const operation = provider?.operations.find((found) => found.resource === resource && found.action === action);
  if (!operation) throw new Error(`There is no ${id} ${resource}:${action}.`);
  const shown = args.limit ? ` limit ${args.limit}` : args.dryRun ? " dry run" : "";
  return { name: `${id} ${resource}:${action}${shown}`, provider: id, user, operation, arguments: args, agrees };
}

function billsAgree(count: number): Case["agrees"] {
  const user = findUser(carrierUser);
  const told = user ? billingCyclesOf(user).slice(0, count) : [];
  const us = (date: string) => `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`;
  const wanted = told.map(({ from, to, charges }) => [us(from), us(to), charges]);
  return (result) => {
    const { billing } = result as { billing: { periodStart: string; periodEnd: string; amountDue: number }[] };
    return same(
      billing.map(({ periodStart, periodEnd, amountDue }) => [periodStart, periodEnd, amountDue]),
      wanted,
    );
  };
}

function methodsAgree(result: unknown): boolean {
  const user = findUser(carrierUser);
  const { paymentMethods } = result as { paymentMethods: { vendorId: string; last4: string }[] };
  const wanted = user ? startingMethods(user).map((method) => [method.paymentMethodId, method.lastFour]) : [];
  return same(
    paymentMethods.map(({ vendorId, last4 }) => [vendorId, last4]),
    wanted,
  );
}

/** The code stands for the site's own id, which the sandbox's table does not have. */
function accountAgrees(name: string): Case["agrees"] {
  const known = sandboxTable.groups.flatMap(({ users }) => users).filter((user) => user.name === name);
  return (result) => {
    const { accountId, ...told } = result as { accountId: string };
    return /^acct_[0-9a-z]{25}$/.test(accountId) && known.some(({ account }) => same(told, account));
  };
}

function isSaved(result: unknown): boolean {
  return same(result, { success: true, card: { last4: "4242" } });
}

function isDryRun(result: unknown): boolean {
  return same(result, { dryRun: true, card: { last4: "4242" } });
}

function ordersAgree(count: number): Case["agrees"] {
  const diner = findDiner("user_no_mfa");
  const first = diner && ordersAfter(diner, "");
  const last = first?.orders.at(-1)?.baseEaterOrder.uuid ?? "";
  const all = [...(first?.orders ?? []), ...((diner && ordersAfter(diner, last)?.orders) ?? [])].slice(0, count);
  const wanted = all.map(({ baseEaterOrder, fareInfo }) => [
    baseEaterOrder.uuid,
    baseEaterOrder.shoppingCart.items.map(({ title, price, quantity }) => [title, price, quantity]),
    Math.round(fareInfo.totalPrice),
  ]);
  return (result) => {
    const { orders } = result as {
      orders: {
        orderId: string;
        items: { title: string; priceCents: number; quantity: number }[];
        totalCents: number;
      }[];
    };
    return same(
      orders.map(({ orderId, items, totalCents }) => [
        orderId,
        items.map(({ title, priceCents, quantity }) => [title, priceCents, quantity]),
        totalCents,
      ]),
      wanted,
    );
  };
}

function articlesAgree(count: number): Case["agrees"] {
  const reader = findReader("user_good");
  const told = reader ? articlesRead(reader).slice(0, count) : [];
  const wanted = told.map(({ secondsRead, ...article }) => ({ ...article, duration: secondsRead }));
  return (result) => sortedJson(result) === sortedJson({ history: wanted });
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** JSON with its keys in order, so that equal values have equal texts. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
