import { html } from "hono/html";
import { page } from "./layout.ts";

export function choosePage(url: string) {
  const body = html`<form class="card" id="choose-method-page" data-entry="method">
    <h1>Verify it's you</h1>
    <p class="quiet">How would you like to get your verification code?</p>
    <p class="alert verification-alert-message" role="alert"></p>
    <fieldset aria-label="Verification method">
      <label class="choice"><input type="radio" name="method" value="sms" checked autofocus>
        <span>Text message<small>To the number ending in 0100</small></span></label>
      <label class="choice"><input type="radio" name="method" value="authenticator">
        <span>Authenticator app<small>Use a code from your app</small></span></label>
    </fieldset>
    <button class="button continue-btn" disabled>Continue</button>
  </form>`;
  return page({ title: "Verify it's you", url, area: "sign-in", body, script: "/static/factor.js" });
}

export function codePage(url: string) {
  const body = html`<form class="card" data-entry="code" novalidate>
    <h1>Enter your code</h1>
    <p class="quiet">Enter the 6-digit code to continue.</p>
    <p class="alert verification-alert-message" role="alert"></p>
    <label for="confirmcode">Verification code</label>
    <input id="confirmcode" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="6" autofocus>
    <button class="button continue-action-btn" disabled>Continue</button>
  </form>`;
  return page({ title: "Enter your code", url, area: "sign-in", body, script: "/static/factor.js" });
}
