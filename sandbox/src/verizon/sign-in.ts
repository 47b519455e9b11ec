import { html } from "hono/html";
import { signInHost } from "../sign-in/host.ts";
import { OAuth } from "../sign-in/oauth.ts";
import { codePage, factorPage, pushPage, puzzlePage } from "../sign-in/pages.ts";
import { page } from "../site/layout.ts";
import { brand } from "./brand.ts";

const authorizePath = "/vzauth/authorize";
export const oauth = new OAuth(brand, { clientId: "vzw-sandbox", authorizePath });

const entries = {
  username: "/signin",
  password: "/signin/password",
  puzzle: "/signin/challenge",
  factor: "/signin/method",
  code: "/signin/code",
  approval: "/signin/push",
};

/** secure.verizon: the user ID, a choice of method, the password, and approval on the phone in place of a code. */
export const signIn = signInHost({
  brand,
  oauth,
  authorizePath,
  pages: {
    username: { path: entries.username, render: usernamePage },
    password: { path: entries.password, render: passwordPage },
    puzzle: { path: entries.puzzle, render: (url) => puzzlePage(brand, url) },
    factor: { path: entries.factor, render: (url) => factorPage(brand, url) },
    code: { path: entries.code, render: (url) => codePage(brand, url, "otp") },
    push: { path: entries.approval, render: (url) => pushPage(brand, url) },
  },
  entries,
});

function usernamePage(url: string, notice: string | null) {
  const body = html`<form class="card" data-entry="username" novalidate>
    <h1>Sign in</h1>
    <p class="quiet">To your Verizon account.</p>
    <p class="alert" id="error-message" role="alert">${notice}</p>
    <label for="username">User ID or phone number</label>
    <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" autofocus>
    <button class="button" id="mvo-main-button" disabled>Continue</button>
  </form>`;
  return page({ brand, title: "Sign in", url, area: "sign-in", body, scripts: ["/static/entry.js"] });
}

/** First the choice of method, as the real site shows it; its own page gives way to the password in place. */
function passwordPage(url: string) {
  const body = html`<details class="card method"><summary>
      <h1>How do you want to sign in?</h1><span class="button">Sign in with password</span></summary>
    <form data-entry="password" novalidate>
      <p class="alert" id="error-message" role="alert"></p>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password">
      <button class="button" id="mvo-main-button" disabled>Sign in</button>
    </form>
  </details>`;
  return page({ brand, title: "Sign in", url, area: "sign-in", body, scripts: ["/static/entry.js"] });
}
