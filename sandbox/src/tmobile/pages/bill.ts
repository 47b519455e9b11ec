import { html } from "hono/html";
import { page } from "../../site/layout.ts";
import { brand } from "../brand.ts";

/** One page for the summary and the history: its app draws the view that the address names. */
export function billPage(url: string) {
  const body = html`<h1>Bill &amp; pay</h1>
    <nav class="tabs" aria-label="Bill">
      <a href="/bill/summary">Summary</a>
      <a href="/bill/historical">History</a>
      <a href="/payment/wallet">My Wallet</a>
    </nav>
    <p class="alert" id="bill-alert" role="alert"></p>
    <div id="bill" aria-live="polite"><p class="quiet">Loading your bill…</p></div>`;
  return page({ brand, title: "Bill & pay", url, area: "account", body, scripts: ["/static/bill-app.js"] });
}
