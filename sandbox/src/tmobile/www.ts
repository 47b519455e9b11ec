import { type Context, Hono } from "hono";
import { profile } from "../profile/profile.ts";
import { type SignedIn, Visits } from "../sign-in/visits.ts";
import { script } from "../site/app.ts";
import { homePage } from "../site/messages.ts";
import { wallet } from "../wallet/wallet.ts";
import { billingCalls } from "./billing-calls.ts";
import { openBillPage } from "./billing-token.ts";
import { accountNumber } from "./bills.ts";
import { brand } from "./brand.ts";
import { dashboardPage, overviewPage } from "./pages/account-area.ts";
import { billPage } from "./pages/bill.ts";
import { billAppScript } from "./scripts/bill-app.ts";
import { briteBillScript } from "./scripts/britebill.ts";
import { oauth } from "./sign-in.ts";

const dashboard = "/my-account/dashboard";
const visits = new Visits(brand, oauth);

/** www.t-mobile: the account area, the bills and the wallet. */
export const www = new Hono<SignedIn>();

www.get("/", (context) => context.html(homePage(brand, context.req.url)));
www.get("/signin", (context) => visits.begin(context, dashboard));
www.route("/", visits.routes());

for (const area of ["/account", "/account/*", "/my-account", "/my-account/*", "/bill/*"]) www.get(area, visits.guard);
www.get("/account", (context) => context.redirect(dashboard));
www.get("/account/dashboard", (context) => context.redirect(dashboard));
www.get("/account/account-overview", (context) => context.html(overviewPage(context.req.url, context.var.user)));
www.get("/my-account", (context) => context.redirect(dashboard));
www.get(dashboard, (context) => context.html(dashboardPage(context.req.url, context.var.user)));
www.get("/bill/summary/:account?", showBills);
www.get("/bill/historical", showBills);
www.route("/", billingCalls(visits));
www.route(
  "/",
  wallet(brand, visits, {
    page: "/payment/wallet",
    add: "/payment/wallet/add",
    calls: "/self-service-pub/v1/payment-methods",
  }),
);
www.route(
  "/",
  profile(brand, visits, {
    page: "/account/profile",
    call: "/self-service-pub/v1/account-profile",
    firstNumber: accountNumber,
  }),
);
www.get("/static/bill-app.js", script(billAppScript));
www.get("/static/britebill.js", script(briteBillScript));

async function showBills(context: Context<SignedIn>): Promise<Response> {
  await openBillPage(visits, context);
  return context.html(billPage(context.req.url));
}
