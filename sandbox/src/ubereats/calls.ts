import { type Context, Hono } from "hono";
import { ordersAfter } from "./orders.ts";
import { originOf } from "./origins.ts";
import { endPass, meetTrouble, readSession, type Session, type SignedIn } from "./session.ts";
import { diners } from "./users.ts";

type CallContext = Context<SignedIn>;

const hangMs = 60_000;

/** The JSON calls of the orders page, with the real site's traps. */
export const calls = new Hono<SignedIn>();

calls.post("/_p/api/getUserV1", async (context) => {
  const session = await admit(context);
  if (session instanceof Response) return session;
  const { diner } = session;
  return success(context, {
    isLoggedIn: true,
    firstName: diner.isNameless ? null : "Sam",
    lastName: diner.isNameless ? null : "Rivera",
    eaterXpUuid: `ea7e4000-0000-4000-8000-${String(diners.indexOf(diner)).padStart(12, "0")}`,
    hashedEmail: "5b1f0c7e",
    paymentProfiles: [{ tokenType: "stored_card", accountName: "••••4242" }],
  });
});

for (const path of ["/_p/api/getPastOrdersV1", "/api/getPastOrdersV1"]) calls.post(path, pastOrders);

/** The name of a call for the log, with the page that it asks for. */
export async function callName(context: Context): Promise<string | null> {
  const { pathname } = new URL(context.req.url);
  const name = /\/api\/(\w+)$/.exec(pathname)?.[1] ?? null;
  if (name !== "getPastOrdersV1") return name;
  return (await lastUuidOf(context)) === "" ? `${name}:first` : `${name}:next`;
}

async function pastOrders(context: CallContext): Promise<Response> {
  const session = await admit(context);
  if (session instanceof Response) return session;
  const { diner, trouble } = session;
  const lastUuid = await lastUuidOf(context);
  if (lastUuid === null) return failure(context, 400, 400, "invalid request");
  const found = ordersAfter(diner, lastUuid);
  if (!found) return failure(context, 400, 400, "unknown lastWorkflowUUID");
  const isLaterPage = lastUuid !== "";
  if (isLaterPage && diner.trouble === "hangs") return hang();
  if (isLaterPage && diner.trouble === "rate-limited") return failure(context, 429, 429, "too many requests");
  const isTroubled = isLaterPage && trouble !== "over";
  if (isTroubled && diner.trouble === "context-lost") {
    await meetTrouble(context);
    return contextLost(context);
  }
  if (isTroubled && diner.trouble === "session-ends") {
    await endPass(context);
    return failure(context, 401, 401, "status code error");
  }
  const { orders, hasMore } = found;
  const shown = isLaterPage && diner.trouble === "key-renamed" ? orders.map(renamed) : orders;
  return success(context, {
    ordersMap: Object.fromEntries(shown.map((order) => [order.baseEaterOrder.uuid, order])),
    orderUuids: shown.map((order) => order.baseEaterOrder.uuid),
    // The real site has a cursor too, but pages by lastWorkflowUUID.
    paginationData: { nextCursor: JSON.stringify({ entity_type: "CONSUMER", cursor: "c2FuZGJveA" }) },
    meta: { hasMore },
  });
}

/** Who calls; or the refusal: without the header, from a frame without an origin, or without a session. */
async function admit(context: CallContext): Promise<Session | Response> {
  if (context.req.header("x-csrf-token") !== "x") return failure(context, 403, 403, "bd.error.invalid_csrf_token");
  if (context.req.header("origin") !== originOf("www", context.req.url)) return contextLost(context);
  const session = await readSession(context);
  return typeof session === "string" ? failure(context, 401, 401, "status code error") : session;
}

async function lastUuidOf(context: Context): Promise<string | null> {
  const body: unknown = await context.req.json().catch(() => null);
  if (typeof body !== "object" || body === null) return null;
  const lastUuid = "lastWorkflowUUID" in body ? body.lastWorkflowUUID : "";
  return typeof lastUuid === "string" ? lastUuid : null;
}

function renamed<Order extends { fareInfo: unknown }>({ fareInfo, ...rest }: Order) {
  return { ...rest, fareDetails: fareInfo };
}

function success(context: CallContext, data: object): Response {
  return context.json({ status: "success", data });
}

function contextLost(context: CallContext): Response {
  return failure(context, 200, 3, "status code error");
}

function failure(context: CallContext, status: 200 | 400 | 401 | 403 | 429, code: number, message: string): Response {
  return context.json({ status: "failure", data: { code, message } }, status);
}

async function hang(): Promise<Response> {
  await scheduler.wait(hangMs);
  return new Response(null, { status: 504 });
}
