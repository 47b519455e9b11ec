import { type Context, Hono } from "hono";
import type { Env } from "../env.ts";
import type { SignedIn, Visits } from "../sign-in/visits.ts";
import { dataTrouble, hang } from "../site/trouble.ts";
import { digest } from "../tokens.ts";
import { type ScenarioUser, userNamed } from "../users.ts";
import { billPdf } from "./bill-pdf.ts";
import { mintBillingToken } from "./billing-token.ts";
import { accountNumber, billDataset, billDetails, billList, billsOf, puid } from "./bills.ts";

type CallContext = Context<SignedIn>;

const paths = {
  summary: "/self-service-pub/v1/bill-summary",
  dataset: "/self-service-pub/v1/bill-dataset",
  details: "/self-service-britebill/billing/v2/billdetails",
} as const;

/** The JSON calls of the bill pages, with the real site's traps. */
export function billingCalls(visits: Visits): Hono<SignedIn> {
  const calls = new Hono<SignedIn>();

  // Signed out, these calls hang as they do without the bill page: no redirect.
  for (const path of Object.values(paths)) {
    calls.use(path, async (context, next) => {
      const user = userNamed((await visits.session(context))?.user ?? null);
      if (!user) return next();
      context.set("user", user);
      return dataTrouble(context, next);
    });
  }

  calls.post(paths.summary, async (context) => {
    const action = await actionOf(context);
    if (action === "getSessionData") return sessionData(context);
    if (action !== "getBillList") return context.json({ error: "Unknown action." }, 400);
    const session = await billSession(context);
    return session ? context.json(billList(session.user)) : hang();
  });

  calls.post(paths.dataset, async (context) => {
    const session = await billSession(context);
    return session ? context.json(billDataset(session.user)) : hang();
  });

  calls.post(paths.details, async (context) => {
    const session = await billSession(context);
    if (!session) return hang();
    const body: unknown = await context.req.json().catch(() => null);
    const wanted = isDetailsRequest(body) ? body : null;
    const mode = context.req.header("mode");
    const trusted = await carriesToken(context, session.tokenHash);
    if (!trusted || !mode || wanted?.puid !== puid || wanted.ban !== accountNumber) {
      return context.json({ error: "Unauthorized." }, 401);
    }
    const bill = billsOf(session.user).find(({ documentId }) => documentId === wanted.documentId);
    if (!bill) return context.json({ error: "No such document." }, 404);
    if (mode === "reduced") return context.json(billDetails(bill));
    if (mode !== "summary") return context.json({ error: "Unknown mode." }, 400);
    return context.body(billPdf(bill).slice().buffer, 200, { "Content-Type": "application/pdf" });
  });
  return calls;

  async function sessionData(context: CallContext): Promise<Response> {
    const token = await mintBillingToken(visits, context);
    if (!token) return context.json({ error: "Unauthorized." }, 401);
    return context.json({ sessionData: { accessTokenSAAS: token, PUID: puid, BAN: accountNumber } });
  }

  /** The session, if this call comes from a bill page whose app has made its own first call. */
  async function billSession(context: CallContext): Promise<{ user: ScenarioUser; tokenHash: string } | null> {
    if (!comesFromBillPage(context)) return null;
    const session = await visits.session(context);
    const user = userNamed(session?.user ?? null);
    const tokenHash = session?.billing?.tokenHash;
    return user && tokenHash ? { user, tokenHash } : null;
  }
}

/** The name of a billing call for the log: `bill-summary` has several, told apart by their form. */
export async function billingCallName(context: Context<{ Bindings: Env }>): Promise<string | null> {
  const { pathname } = new URL(context.req.url);
  if (context.req.method !== "POST") return null;
  if (pathname === paths.dataset) return "bill-dataset";
  if (pathname === paths.details) return "billdetails";
  if (pathname !== paths.summary) return null;
  const action = await actionOf(context);
  return action === "getSessionData" || action === "getBillList" ? `bill-summary:${action}` : "bill-summary";
}

function comesFromBillPage(context: CallContext): boolean {
  const referer = URL.parse(context.req.header("referer") ?? "");
  return referer?.origin === new URL(context.req.url).origin && referer.pathname.startsWith("/bill/");
}

async function carriesToken(context: CallContext, tokenHash: string): Promise<boolean> {
  const token = context.req.header("x-auth-originator") ?? "";
  return context.req.header("authorization") === `Bearer ${token}` && (await digest(token)) === tokenHash;
}

async function actionOf(context: Context): Promise<unknown> {
  const form = await context.req.parseBody().catch(() => null);
  return form?.action;
}

function isDetailsRequest(body: unknown): body is { puid?: unknown; ban?: unknown; documentId?: unknown } {
  return typeof body === "object" && body !== null;
}
