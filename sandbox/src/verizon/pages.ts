import { html } from "hono/html";
import { billingCyclesOf, dollars, linesOf } from "../billing-cycles.ts";
import { page } from "../site/layout.ts";
import type { ScenarioUser } from "../users.ts";
import { brand } from "./brand.ts";

const bill = "/digital/nsa/secure/ui/bill";

export function accountPage(url: string, user: ScenarioUser) {
  const lines = linesOf(user);
  const body = html`<h1>Hi, Sam</h1>
    <p class="quiet">Your account, ${lines.length === 1 ? "1 line" : `${lines.length} lines`}.</p>
    <div class="cards">
      <section class="card"><h2>Your bill</h2>
        <p class="quiet">See what you owe and what you paid.</p><a class="button" href="${bill}/overview/">Bill</a></section>
      <section class="card"><h2>Devices</h2>
        <ul class="plain-list">${lines.map((line) => html`<li>${line.slice(0, 3)}-${line.slice(3, 6)}-${line.slice(6)}</li>`)}</ul></section>
      <section class="card"><h2>Payment settings</h2>
        <p class="quiet">Your saved payment methods.</p>
        <a href="/digital/nsa/secure/ui/payment/methods/">Payment methods</a></section>
    </div>`;
  return page({ brand, title: "Account", url, area: "account", body });
}

export function billOverviewPage(url: string, user: ScenarioUser) {
  const current = billingCyclesOf(user)[0];
  const body = html`<h1>Bill overview</h1>
    <section class="card">${
      current
        ? html`<p class="quiet">Total due on ${current.due}</p><p class="amount">${dollars(current.charges)}</p>`
        : html`<p>You have no bills yet.</p>`
    }
      <p><button class="button" data-track="Review bill PDF" type="button">Review bill PDF</button></p></section>
    <p><a href="${bill}/history/">Billing history</a></p>`;
  return page({ brand, title: "Bill overview", url, area: "account", body });
}

export function billHistoryPage(url: string) {
  const body = html`<h1>Billing history</h1>
    <p class="alert" id="history-alert" role="alert"></p>
    <div id="history" aria-live="polite"><p class="quiet">Loading your bills…</p></div>`;
  return page({ brand, title: "Billing history", url, area: "account", body, scripts: ["/static/history.js"] });
}
