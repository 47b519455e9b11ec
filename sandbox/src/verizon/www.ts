import { Hono } from "hono";
import { profile } from "../profile/profile.ts";
import { type SignedIn, Visits } from "../sign-in/visits.ts";
import { script } from "../site/app.ts";
import { homePage } from "../site/messages.ts";
import { dataTrouble } from "../site/trouble.ts";
import { wallet } from "../wallet/wallet.ts";
import { billHistory } from "./bills.ts";
import { brand } from "./brand.ts";
import { historyScript } from "./history-script.ts";
import { accountPage, billHistoryPage, billOverviewPage } from "./pages.ts";
import { oauth } from "./sign-in.ts";

const ui = "/digital/nsa/secure/ui";
const gateway = "/digital/nsa/secure/gw";
const visits = new Visits(brand, oauth);

/** www.verizon: everything under /digital/nsa/secure/ is behind the login wall. */
export const www = new Hono<SignedIn>();

www.get("/", (context) => context.html(homePage(brand, context.req.url)));
www.route("/", visits.routes());
www.use(`${ui}/*`, visits.guard);
www.use(`${gateway}/bill/*`, visits.guard, dataTrouble);

www.get(`${ui}/udb/`, (context) => context.html(accountPage(context.req.url, context.var.user)));
www.get(`${ui}/bill/overview/`, (context) => context.html(billOverviewPage(context.req.url, context.var.user)));
www.get(`${ui}/bill/history/`, (context) => context.html(billHistoryPage(context.req.url)));
www.get(`${gateway}/bill/billpaymenthistory/bill_history`, (context) => context.json(billHistory(context.var.user)));
www.route(
  "/",
  wallet(brand, visits, {
    page: `${ui}/payment/methods/`,
    add: `${ui}/payment/methods/add/`,
    calls: `${gateway}/payment/paymentmethods`,
  }),
);
www.route(
  "/",
  profile(brand, visits, { page: `${ui}/profile/`, call: `${gateway}/profile/account`, firstNumber: "642017590001" }),
);
www.get("/static/history.js", script(historyScript));
