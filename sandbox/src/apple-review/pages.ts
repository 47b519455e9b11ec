import { html, raw } from "hono/html";
import { goodCode, goodPassword } from "../users.ts";
import { style } from "./style.ts";

type Content = ReturnType<typeof html>;

export function homePage() {
  return page(
    "Home",
    false,
    html`<section class="hero"><h1>Good things to read, slowly</h1>
      <p class="quiet">A small magazine with invented articles.</p><a class="button" href="/history">Your reading history</a></section>`,
  );
}

/** One page with both fields: an ordinary form, whose button waits for a check of the browser. */
export function signInPage(error: string | null) {
  return page(
    "Sign in",
    false,
    html`<form class="card" method="post" action="/signin">
      <h1>Sign in</h1>
      ${alert(error)}
      <label for="email">Email</label>
      <input id="email" name="email" autocomplete="username" autocapitalize="none" spellcheck="false" autofocus required>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      <button class="button" id="sign-in">Sign in</button>
    </form><script src="/static/sign-in.js"></script>`,
  );
}

export function codePage(error: string | null) {
  return page(
    "Check your email",
    false,
    html`<form class="card" method="post" action="/signin/code">
      <h1>Check your email</h1>
      <p class="quiet">We sent a 6-digit code to you.</p>
      ${alert(error)}
      <label for="code">Code</label>
      <input id="code" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="6" autofocus required>
      <button class="button" id="verify">Continue</button>
    </form>`,
  );
}

export function historyPage() {
  return page(
    "Reading history",
    true,
    html`<h1>Reading history</h1><p class="quiet" id="state">Loading…</p><ol id="history"></ol>
      <button class="button light" id="more" hidden>Older</button><script src="/static/history.js"></script>`,
  );
}

export function messagePage(title: string, text: string) {
  return page(
    title,
    false,
    html`<h1>${title}</h1><p class="quiet">${text}</p><a class="button" href="/history">Your history</a>`,
  );
}

function alert(error: string | null): Content | null {
  return error === null ? null : html`<p class="alert" id="sign-in-error" role="alert">${error}</p>`;
}

function page(title: string, isSignedIn: boolean, body: Content): Content {
  const bar = isSignedIn
    ? html`Sandbox: invented articles`
    : html`Sandbox: use <code>user_good</code> <code>${goodPassword}</code> <code>${goodCode}</code>`;
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} | The Reading Room (sandbox)</title>
  <link rel="icon" href="data:,">
  <style>${raw(style)}</style>
</head>
<body>
  <p class="bar">${bar}</p>
  <header><a href="/">The Reading Room</a>${isSignedIn && html`<nav><a href="/logout">Sign out</a></nav>`}</header>
  <main>${body}</main>
</body>
</html>`;
}
