import { html } from "hono/html";
import { linesOf } from "../billing-cycles.ts";
import { page } from "../site/layout.ts";
import type { ScenarioUser } from "../users.ts";
import { accountNumber, balanceOf } from "./bills.ts";
import { brand } from "./brand.ts";

export function overviewPage(url: string, user: ScenarioUser) {
  const balance = balanceOf(user);
  const lines = linesOf(user);
  const body = html`<h1>Account overview</h1>
    <p class="quiet">Wireless ${accountNumber}</p>
    <div class="cards">
      <section class="card"><h2>Bill &amp; pay</h2>
        <p class="quiet">${balance ? `${balance.amount}. ${balance.due}` : "You have no bills yet."}</p>
        <a class="button" aria-label="Billing Icon" href="/acctmgmt/billing/mybillingcenter">See my bill</a></section>
      <section class="card"><h2>Wireless</h2>
        <p class="quiet">${lines.length === 1 ? "1 line" : `${lines.length} lines`}</p>
        <ul class="plain-list">${lines.map((line) => html`<li>${formatLine(line)}</li>`)}</ul></section>
      <section class="card"><h2>Profile</h2>
        <p class="quiet">Settings and stored payment methods.</p>
        <a href="/acctmgmt/profile/paymentmethods">Add or manage stored payment methods</a></section>
    </div>`;
  return page({ brand, title: "Account overview", url, area: "account", body });
}

/** Its app fetches the history; the amounts stand only here. A survey covers it on the first visit. */
export function billingCenterPage(url: string, user: ScenarioUser) {
  const balance = balanceOf(user);
  const body = html`<h1>Billing &amp; payments</h1>
    <section class="card" data-testid="billandpay_BalanceCard">
      <p class="quiet">Account ${accountNumber}</p>
      ${
        balance
          ? html`<p class="amount"><span aria-hidden="true">${balance.amount}</span>
              <span class="hidden-spoken">${balance.amount}</span></p><p>${balance.due}</p>`
          : html`<p>You have no balance.</p>`
      }
    </section>
    <h2>Bill history</h2>
    <p class="alert" id="history-alert" role="alert"></p>
    <div id="history" aria-live="polite"><p class="quiet">Loading your bills…</p></div>
    <div class="uws-modal browseInvite" role="dialog" aria-label="Survey" hidden>
      <div class="card"><h2>How are we doing?</h2>
        <p class="quiet">Tell us about your visit in a short survey.</p>
        <button class="button">Take the survey</button>
        <button class="plain uws-invite__button-decline">No, thanks</button></div>
    </div>`;
  return page({ brand, title: "Billing center", url, area: "account", body, scripts: ["/static/billing.js"] });
}

function formatLine(line: string): string {
  return `${line.slice(0, 3)}.${line.slice(3, 6)}.${line.slice(6)}`;
}
