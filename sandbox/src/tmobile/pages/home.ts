import { html } from "hono/html";
import { page } from "./layout.ts";

export function homePage(url: string) {
  const body = html`<h1>Unlimited talk, text and tests</h1>
    <p class="quiet">A stand-in for a mobile operator, with an invented account and invented bills.</p>
    <a class="button" href="/account">Log in to your account</a>`;
  return page({ title: "Home", url, area: "public", body });
}
