import { html } from "hono/html";
import { page } from "./layout.ts";

/** The app on it asks for the orders ten at a time. */
export function ordersPage(url: string) {
  const body = html`<h1>Past orders</h1>
    <p class="alert" id="orders-alert" role="alert"></p>
    <p class="quiet" id="orders-state">Loading your orders…</p>
    <div class="orders" id="orders" aria-live="polite"></div>
    <button class="button light" id="more" hidden>Show more</button>
    <dialog id="receipt" aria-labelledby="receipt-store"></dialog>`;
  return page({ title: "Orders", url, area: "account", body, script: "/static/orders-app.js" });
}
