import { type Context, Hono } from "hono";
import type { SignedIn, Visits } from "../sign-in/visits.ts";
import { script } from "../site/app.ts";
import type { Brand } from "../site/brand.ts";
import { dataTrouble } from "../site/trouble.ts";
import { randomToken } from "../tokens.ts";
import { typedCards } from "./card-frame.ts";
import { type PaymentMethod, startingMethods } from "./methods.ts";
import { addCardPage, walletPage } from "./pages.ts";
import type { WalletPaths } from "./paths.ts";
import { addCardScript, walletScript } from "./scripts.ts";

/** The saved payment methods of an account: the list, and the form that adds a card. */
export function wallet(brand: Brand, visits: Visits, paths: WalletPaths): Hono<SignedIn> {
  const routes = new Hono<SignedIn>();
  routes.use(paths.page, visits.guard);
  routes.use(paths.add, visits.guard);
  routes.use(paths.calls, visits.guard, dataTrouble);
  routes.get(paths.page, (context) => context.html(walletPage(brand, context.req.url, paths)));
  routes.get(paths.add, (context) => context.html(addCardPage(brand, context.req.url, paths)));
  routes.get("/static/wallet.js", script(walletScript(paths)));
  routes.get("/static/add-card.js", script(addCardScript(paths)));
  routes.get(paths.calls, async (context) => {
    const session = await visits.session(context);
    return context.json({ paymentMethods: session?.wallet ?? startingMethods(context.var.user) });
  });
  routes.post(paths.calls, async (context) => {
    const asked: Record<string, unknown> = await context.req.json().catch(() => ({}));
    const card = await typedCards.take(context.env, typeof asked.token === "string" ? asked.token : undefined);
    if (!card) return context.json({ error: "Please enter the card again." }, 422);
    if (card.isRefused) return context.json({ error: "Your bank declined this card. Try another one." }, 402);
    const added: PaymentMethod = {
      paymentMethodId: `pm_${randomToken().slice(0, 12)}`,
      type: "CREDIT_CARD",
      brand: card.brand,
      lastFour: card.lastFour,
      expirationDate: card.expirationDate,
      nickName: null,
      isDefault: false,
      billingZip: String(asked.billingZip ?? ""),
      billingAddress: (asked.billingAddress as PaymentMethod["billingAddress"]) ?? null,
    };
    return keep(context, added);
  });
  return routes;

  async function keep(context: Context<SignedIn>, added: PaymentMethod): Promise<Response> {
    const { user } = context.var;
    await visits.change(context, (session) => ({
      next: { ...session, wallet: [...(session.wallet ?? startingMethods(user)), added] },
    }));
    return context.json({ paymentMethodId: added.paymentMethodId, lastFour: added.lastFour }, 201);
  }
}
