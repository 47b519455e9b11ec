import { type Context, Hono } from "hono";
import { profile } from "../profile/profile.ts";
import { type SignedIn, Visits } from "../sign-in/visits.ts";
import { script } from "../site/app.ts";
import { homePage } from "../site/messages.ts";
import { dataTrouble } from "../site/trouble.ts";
import { wallet } from "../wallet/wallet.ts";
import { billingScript } from "./billing-script.ts";
import { accountNumber, billAndPaymentHistory, billLabels } from "./bills.ts";
import { brand } from "./brand.ts";
import { billingCenterPage, overviewPage } from "./pages.ts";
import { oauth } from "./sign-in.ts";

const visits = new Visits(brand, oauth);

/** www.att: the account area. Its bill pages are reached from the overview; an address typed by hand leads home. */
export const www = new Hono<SignedIn>();

www.get("/", (context) => context.html(homePage(brand, context.req.url)));
www.get("/acctmgmt/login", (context) => visits.begin(context, brand.start));
www.get("/acctmgmt/signin", (context) => visits.begin(context, brand.start));
www.route("/", visits.routes());
www.use("/acctmgmt/overview", visits.guard);
www.use("/acctmgmt/billing/*", visits.guard);
www.use("/msapi/*", visits.guard, dataTrouble);

www.get("/acctmgmt/overview", (context) => context.html(overviewPage(context.req.url, context.var.user)));
www.get("/acctmgmt/billing/mybillingcenter", showBills);
www.get("/acctmgmt/billing/billandpaymenthistory", showBills);
www.get("/acctmgmt/billing/labels", (context) => context.json({ labels: billLabels(context.var.user) }));
www.get("/msapi/webbillexpms/v1/billandpaymenthistory", (context) =>
  context.json(billAndPaymentHistory(context.var.user, context.req.query("filter") === "bill")),
);
www.route(
  "/",
  wallet(brand, visits, {
    page: "/acctmgmt/profile/paymentmethods",
    add: "/acctmgmt/profile/paymentmethods/add",
    calls: "/msapi/payments/v1/storedpaymentmethods",
  }),
);
www.route(
  "/",
  profile(brand, visits, {
    page: "/acctmgmt/myprofile",
    call: "/msapi/profile/v1/account",
    firstNumber: accountNumber,
  }),
);
www.get("/static/billing.js", script(billingScript));

function showBills(context: Context<SignedIn>): Response | Promise<Response> {
  const from = URL.parse(context.req.header("referer") ?? "");
  const isFromInside = from?.origin === new URL(context.req.url).origin && from.pathname.startsWith("/acctmgmt/");
  return isFromInside ? context.html(billingCenterPage(context.req.url, context.var.user)) : context.redirect("/");
}
