import { html } from "hono/html";
import { page } from "./layout.ts";

export function homePage(url: string) {
  const body = html`<div class="hero">
    <h1>Test orders, delivered</h1>
    <p class="quiet">A stand-in for a food delivery site, with invented restaurants.</p>
    <a class="button" href="/orders">See your orders</a>
  </div>`;
  return page({ title: "Home", url, area: "public", body });
}
