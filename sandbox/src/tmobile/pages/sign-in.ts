import { html } from "hono/html";
import { page } from "./layout.ts";

/** The two steps are drawn by the script in place, as on the real site. */
export function signInPage(url: string, notice: string | null) {
  const body = html`<div class="card">
    <h1>Log in</h1>
    <p class="quiet" id="step-hint">Get started with your T-Mobile ID.</p>
    <p class="alert" id="page-level-id" role="alert">${notice}</p>
    <form id="sign-in-form" novalidate></form>
    <noscript>Turn on JavaScript to log in.</noscript>
  </div>
  ${submitTrap}`;
  return page({ title: "Log in", url, area: "sign-in", body, script: "/static/sign-in.js" });
}

/** After a sign-in that nobody asked to return from. */
export function nowherePage(url: string) {
  const body = html`<div class="card">
    <h1>You're logged in</h1>
    <p class="quiet">You can close this page.</p>
  </div>`;
  return page({ title: "Logged in", url, area: "sign-in", body });
}

/** The only `button[type=submit]` of the page is in a dialog that nobody sees, as on the real site. */
const submitTrap = html`<dialog aria-label="Session">
  <form method="dialog"><button type="submit">OK</button></form>
</dialog>`;
