import { html } from "hono/html";
import { type Brand, originOf } from "../site/brand.ts";
import { page } from "../site/layout.ts";
import type { WalletPaths } from "./paths.ts";

export function walletPage(brand: Brand, url: string, paths: WalletPaths) {
  const body = html`<h1>Stored payment methods</h1>
    <p class="quiet">The cards and bank accounts that you pay your bill with.</p>
    <p class="alert" id="wallet-alert" role="alert"></p>
    <div id="wallet" aria-live="polite"><p class="quiet">Loading your payment methods…</p></div>
    <p><a class="button" href="${paths.add}">Add a payment method</a></p>`;
  return page({ brand, title: "Payment methods", url, area: "account", body, scripts: ["/static/wallet.js"] });
}

/** The card is typed into a frame of the payment host; name and address into this page. */
export function addCardPage(brand: Brand, url: string, paths: WalletPaths) {
  const field = (id: string, label: string, autocomplete: string) => html`<div><label for="${id}">${label}</label>
    <input id="${id}" name="${id}" autocomplete="${autocomplete}"></div>`;
  const body = html`<h1>Add a card</h1>
    <p class="alert" id="card-alert" role="alert"></p>
    <form class="card stack" id="add-card" novalidate>
      <iframe id="card-frame" title="Card details" src="${originOf(brand, "pay", url)}/card-form"></iframe>
      ${field("name-on-card", "Name on card", "cc-name")}
      ${field("address-line1", "Address (optional)", "address-line1")}
      ${field("address-line2", "Apartment (optional)", "address-line2")}
      <div class="columns">
        ${field("address-city", "City", "address-level2")}
        ${field("address-state", "State", "address-level1")}
        ${field("billing-zip", "ZIP code", "postal-code")}
      </div>
      <button class="button" id="review-card" disabled>Review</button>
    </form>
    <section class="card" id="card-review" hidden>
      <h2>Check your card</h2>
      <dl class="figures">
        <div><dt>Card</dt><dd><span id="review-brand"></span> ending in <span id="review-last4"></span></dd></div>
        <div><dt>ZIP code</dt><dd id="review-zip"></dd></div>
      </dl>
      <p><button class="button" id="save-card" type="button">Save card</button></p>
    </section>
    <section class="card" id="card-saved" hidden>
      <h2>Your card was saved</h2>
      <p><a href="${paths.page}">Back to your payment methods</a></p>
    </section>`;
  return page({ brand, title: "Add a card", url, area: "account", body, scripts: ["/static/add-card.js"] });
}
