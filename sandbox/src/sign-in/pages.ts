import { html, raw } from "hono/html";
import type { Brand } from "../site/brand.ts";
import { page } from "../site/layout.ts";

/** User name and password as one page that its script draws. `alerts` are the ids where the site writes its errors. */
export function twoStepPage(brand: Brand, url: string, alerts: readonly string[], notice: string | null) {
  const [first, ...others] = alerts;
  const body = html`<div class="card">
    <h1>Log in</h1>
    <p class="quiet" id="step-hint"></p>
    <p class="alert" id="${first}" role="alert">${notice}</p>
    ${others.map((id) => html`<p class="alert" id="${id}" role="alert"></p>`)}
    <form id="sign-in-form" novalidate></form>
    <noscript>Turn on JavaScript to log in.</noscript>
  </div>
  ${submitTrap}`;
  return page({ brand, title: "Log in", url, area: "sign-in", body, scripts: ["/static/sign-in.js"] });
}

/** After a sign-in that nobody asked to return from. */
export function nowherePage(brand: Brand, url: string) {
  const body = html`<div class="card">
    <h1>You're logged in</h1>
    <p class="quiet">You can close this page.</p>
  </div>`;
  return page({ brand, title: "Logged in", url, area: "sign-in", body });
}

export function factorPage(brand: Brand, url: string) {
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
  return page({ brand, title: "Verify it's you", url, area: "sign-in", body, scripts: entry });
}

export function codePage(brand: Brand, url: string, inputId: string) {
  const body = html`<form class="card" data-entry="code" novalidate>
    <h1>Enter your code</h1>
    <p class="quiet">Enter the 6-digit code to continue.</p>
    <p class="alert verification-alert-message" role="alert"></p>
    <label for="${inputId}">Verification code</label>
    <input id="${inputId}" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="6" autofocus>
    <button class="button continue-action-btn" disabled>Continue</button>
  </form>`;
  return page({ brand, title: "Enter your code", url, area: "sign-in", body, scripts: entry });
}

/** The request goes to the phone; this page waits for its answer. */
export function pushPage(brand: Brand, url: string) {
  const body = html`<div class="card" id="push-approval">
    <h1>Check your phone</h1>
    <p>We sent you an authorization request.</p>
    <p class="quiet">Open the ${brand.name} app on your phone and approve it. This page goes on by itself.</p>
    <progress aria-label="Waiting for your phone"></progress>
  </div>`;
  return page({ brand, title: "Check your phone", url, area: "sign-in", body, scripts: ["/static/approval.js"] });
}

export function puzzlePage(brand: Brand, url: string) {
  const shapes = {
    circle: '<circle cx="24" cy="24" r="18"/>',
    square: '<path d="M8 8h32v32H8z"/>',
    triangle: '<path d="M24 6 44 40H4z"/>',
  };
  const body = html`<form class="card" id="puzzle" data-entry="shape">
    <h1>One quick check</h1>
    <p class="quiet">Choose the triangle, so that we know you are a person.</p>
    <p class="alert" role="alert"></p>
    <fieldset class="puzzle" aria-label="Puzzle">
      ${Object.entries(shapes).map(
        ([
          name,
          shape,
        ]) => html`<label class="choice"><input type="radio" name="shape" value="${name}" aria-label="Picture">
          <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">${raw(shape)}</svg></label>`,
      )}
    </fieldset>
    <button class="button" disabled>Continue</button>
  </form>`;
  return page({ brand, title: "One quick check", url, area: "sign-in", body, scripts: entry });
}

const entry = ["/static/entry.js"];

/** The only `button[type=submit]` of the page is in a dialog that nobody sees, as on T-Mobile's. */
const submitTrap = html`<dialog aria-label="Session">
  <form method="dialog"><button type="submit">OK</button></form>
</dialog>`;
