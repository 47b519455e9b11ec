import { html, raw } from "hono/html";
import { originOf } from "../origins.ts";
import { page } from "./layout.ts";

/** The steps are drawn by the script in place; the popup's button stays below them. */
export function signInPage(url: string, notice: string | null) {
  const body = html`<form id="sign-in-form" novalidate></form>
    <p class="alert" id="sign-in-error" role="alert">${notice}</p>
    <noscript>Turn on JavaScript to sign in.</noscript>
    <div id="other-ways">
      <p class="or">or</p>
      <button class="button light" id="continue-with-apple" type="button">Continue with Apple</button>
    </div>`;
  return page({ title: "Sign in", url, area: "sign-in", body, script: "/static/sign-in.js" });
}

/** A silent refresh passes through here and goes on by itself. */
export function refreshPage(url: string) {
  const target = JSON.stringify(`/v2/${new URL(url).search}`).replaceAll("<", "\\u003c");
  const body = html`<div class="spinner"></div><p class="quiet">Just a moment…</p>
    <script>${raw(`setTimeout(() => location.replace(${target}), 700);`)}</script>`;
  return page({ title: "One moment", url, area: "sign-in", body });
}

/** The popup's last page: it tells the window that opened it, and closes. */
export function popupDonePage(url: string) {
  const origin = JSON.stringify(originOf("auth", url));
  const body = html`<h1>You're signed in</h1><p class="quiet">This window closes by itself.</p>
    <script>${raw(`opener?.postMessage({ type: "federated-sign-in" }, ${origin}); close();`)}</script>`;
  return page({ title: "Signed in", url, area: "sign-in", body });
}
