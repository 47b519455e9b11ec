import type { Template } from "../template.ts";
import { dialog, folded, hidden, layout, password } from "./page-parts.ts";
import { aspNet, csrf, digitsOf, flask, phoenix } from "./token-forms.ts";

/** Sites whose server draws the page with a framework, each with its names of tokens. */
export const frameworks: readonly Template[] = [
  {
    name: "django",
    follows: "Django: csrfmiddlewaretoken in forms, csrftoken and sessionid cookies",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) => hidden("csrfmiddlewaretoken", csrf(tokens)),
    signedIn: (tokens) => ({ cookies: [`csrftoken=${tokens.base64url(24)}`, `sessionid=${tokens.hex()}; HttpOnly`] }),
    passwordForm: (tokens) =>
      dialog(
        "/password_change/",
        hidden("csrfmiddlewaretoken", tokens.base64url(48)) +
          password("old_password", "Old password:") +
          password("new_password1", "New password:") +
          password("new_password2", "New password confirmation:"),
      ),
    page: (parts, tokens) =>
      layout(
        "",
        parts,
        `<form id=logout-form method=post action=/logout/>${hidden("csrfmiddlewaretoken", csrf(tokens))}<button>Log out</button></form>`,
      ),
  },
  {
    name: "rails",
    follows: "Ruby on Rails with Devise: csrf-meta-tags, authenticity_token, Turbo",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) => hidden("authenticity_token", tokens.base64(64)),
    signedIn: (tokens) => ({
      cookies: [`_shop_session=${encodeURIComponent(tokens.base64(120))}--${tokens.hex(20)}; HttpOnly`],
    }),
    passwordForm: (tokens) =>
      folded(
        "/users",
        hidden("authenticity_token", tokens.base64(64)) +
          password(
            "user[password]",
            "Password (leave blank if you don't want to change it)",
            "autocomplete=new-password",
          ) +
          password("user[current_password]", "Current password", "autocomplete=current-password"),
      ),
    page: (parts, tokens) =>
      layout(
        `<meta name=csrf-param content=authenticity_token><meta name=csrf-token content="${tokens.base64(64)}">
        <script src="/assets/application-${tokens.kept("digest", () => tokens.state(20))}.js" data-turbo-track=reload></script>`,
        { ...parts, main: `<turbo-frame id=list>${parts.main}</turbo-frame>` },
      ),
  },
  {
    name: "laravel",
    follows: "Laravel: csrf-token meta, _token in forms, XSRF-TOKEN and laravel_session cookies",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) => hidden("_token", tokens.base64url(30)),
    signedIn: (tokens) => ({
      cookies: [
        `XSRF-TOKEN=${encodeURIComponent(tokens.base64(160))}`,
        `laravel_session=${encodeURIComponent(tokens.base64(160))}; HttpOnly`,
      ],
    }),
    passwordForm: (tokens) =>
      dialog(
        "/user/password",
        hidden("_token", tokens.base64url(30)) +
          hidden("_method", "put") +
          password("current_password", "Current Password") +
          password("password", "New Password"),
      ),
    page: (parts, tokens) =>
      layout(
        `<meta name=csrf-token content="${tokens.base64url(30)}">`,
        parts,
        `<script>window.Laravel = { csrfToken: document.querySelector("meta[name=csrf-token]").content, locale: "en" }</script>`,
      ),
  },
  {
    name: "symfony",
    follows: "Symfony: _csrf_token and form[_token], PHPSESSID",
    traits: ["CSRF token"],
    signInFields: (tokens) => hidden("_csrf_token", tokens.base64url(32)),
    signedIn: (tokens) => ({ cookies: [`PHPSESSID=${tokens.hex(13)}; HttpOnly`] }),
    page: (parts, tokens) =>
      layout(
        "",
        parts,
        `<form name=filter>${hidden("filter[_token]", tokens.base64url(43))}<select name=filter[year]><option>2026<option>2025</select></form>`,
      ),
  },
  {
    name: "aspnet-core",
    follows: "ASP.NET Core MVC: __RequestVerificationToken, .AspNetCore cookies",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) => hidden("__RequestVerificationToken", aspNet(tokens)),
    signedIn: (tokens) => ({
      cookies: [
        `.AspNetCore.Antiforgery.${tokens.base64url(8)}=${aspNet(tokens)}; HttpOnly`,
        `.AspNetCore.Identity.Application=${aspNet(tokens)}; HttpOnly`,
      ],
    }),
    passwordForm: (tokens) =>
      folded(
        "/Identity/Account/Manage/ChangePassword",
        password("Input.OldPassword", "Current password") +
          password("Input.NewPassword", "New password") +
          hidden("__RequestVerificationToken", aspNet(tokens)),
      ),
    page: (parts, tokens) =>
      layout(
        "",
        parts,
        `<form action=/Identity/Account/Logout method=post>${hidden("__RequestVerificationToken", aspNet(tokens))}<button>Logout</button></form>`,
      ),
  },
  {
    name: "webforms",
    follows: "ASP.NET Web Forms: __VIEWSTATE, __EVENTVALIDATION, one form around the page",
    traits: ["CSRF token"],
    signInFields: (tokens) => hidden("__VIEWSTATE", tokens.state(120)),
    signedIn: (tokens) => ({
      cookies: [`ASP.NET_SessionId=${tokens.hex(12)}; HttpOnly`, `.ASPXAUTH=${tokens.hex(80)}; HttpOnly`],
    }),
    page: (parts, tokens) =>
      layout("", {
        ...parts,
        main: `<form method=post id=aspnetForm>${hidden("__VIEWSTATE", tokens.state(900))}${hidden("__VIEWSTATEGENERATOR", "CA0B0334")}${hidden("__EVENTVALIDATION", tokens.state(120))}${parts.main}</form>`,
      }),
  },
  {
    name: "spring",
    follows: "Spring Boot with Thymeleaf: _csrf in forms and meta, JSESSIONID",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) => hidden("_csrf", tokens.base64url(96)),
    signedIn: (tokens) => ({ cookies: [`JSESSIONID=${tokens.hex().toUpperCase()}; HttpOnly`] }),
    passwordForm: (tokens) =>
      dialog(
        "/account/password",
        hidden("_csrf", tokens.base64url(96)) +
          password("oldPassword", "Old password") +
          password("newPassword", "New password"),
      ),
    page: (parts, tokens) =>
      layout(`<meta name=_csrf content="${tokens.base64url(96)}"><meta name=_csrf_header content=X-CSRF-TOKEN>`, parts),
  },
  {
    name: "jsf",
    follows: "Jakarta Faces with PrimeFaces: jakarta.faces.ViewState, jsessionid in addresses",
    traits: ["CSRF token"],
    signInFields: (tokens) => hidden("jakarta.faces.ViewState", `-${digitsOf(tokens)}:${digitsOf(tokens)}`),
    signedIn: (tokens) => ({ cookies: [`JSESSIONID=${tokens.hex().toUpperCase()}; HttpOnly`] }),
    page: (parts, tokens) =>
      layout(
        `<script src="/jakarta.faces.resource/jsf.js;jsessionid=${tokens.hex().toUpperCase()}?ln=jakarta.faces"></script>`,
        parts,
        `<form id=j_idt21>${hidden("j_idt21", "j_idt21")}${hidden("jakarta.faces.ViewState", `-${digitsOf(tokens)}:${digitsOf(tokens)}`)}</form>`,
      ),
  },
  {
    name: "phoenix",
    follows: "Phoenix LiveView: csrf-token meta, data-phx-session and data-phx-static, _csrf_token",
    traits: ["CSRF token"],
    signInFields: (tokens) => hidden("_csrf_token", tokens.base64url(42)),
    signedIn: (tokens) => ({ cookies: [`_shop_key=${phoenix(tokens)}; HttpOnly`] }),
    page: (parts, tokens) =>
      layout(`<meta name=csrf-token content="${tokens.base64url(42)}">`, {
        ...parts,
        main: `<div id="phx-GAv0fE" data-phx-main data-phx-session="${phoenix(tokens)}" data-phx-static="SFMyNTY.${tokens.state(90)}">${parts.main}</div>`,
      }),
  },
  {
    name: "flask-htmx",
    follows: "Flask-WTF with htmx: csrf_token in forms, X-CSRFToken in hx-headers, a signed session cookie",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) => hidden("csrf_token", flask(tokens)),
    signedIn: (tokens) => ({ cookies: [`session=.${flask(tokens)}; HttpOnly`] }),
    passwordForm: (tokens) =>
      `<section hidden><form hx-post=/password>${hidden("csrf_token", flask(tokens))}${password("password", "New password")}${password("confirm", "Repeat Password")}</form></section>`,
    page: (parts, tokens) =>
      layout("", {
        ...parts,
        main: `<div hx-headers='{"X-CSRFToken": "${flask(tokens)}"}' hx-get=/more hx-trigger=revealed>${parts.main}</div>`,
      }),
  },
];
