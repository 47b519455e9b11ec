import type { PageParts, Template, Tokens } from "./template.ts";

const layout = (head: string, { subject, main, passwordForm }: PageParts, rest = "") =>
  `<html lang=en><head><meta charset=utf-8><title>${subject.heading}</title>${head}</head>
  <body><nav><a href=/bills>Bills</a> <a href=/orders>Orders</a> <a href=/usage>Usage</a> <a href=/profile>Account</a></nav>
  <main>${main}</main>${passwordForm}${rest}</body></html>`;
const hidden = (name: string, value: string) => `<input type=hidden name="${name}" value="${value}">`;
/** A dialog that nobody has opened. */
const dialog = (action: string, fields: string) =>
  `<dialog><form method=post action="${action}"><h2>Change your password</h2>${fields}<button>Save</button></form></dialog>`;
/** A section that is folded. */
const folded = (action: string, fields: string) =>
  `<details><summary>Password</summary><form method=post action="${action}">${fields}<button>Change password</button></form></details>`;
const password = (name: string, label: string, more = "") =>
  `<label>${label} <input type=password name="${name}" ${more}></label>`;

/** Sites whose server draws the page, each with the stack's own names of tokens. */
export const serverRendered: readonly Template[] = [
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
    name: "woocommerce",
    follows: "WordPress with WooCommerce: nonces in forms, addresses and wpApiSettings",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) => hidden("woocommerce-login-nonce", tokens.hex(5)),
    signedIn: (tokens) => ({
      cookies: [
        `wordpress_logged_in_${tokens.hex()}=ada%7C1790000000%7C${tokens.base64url(32)}%7C${tokens.hex(32)}; HttpOnly`,
      ],
    }),
    passwordForm: (tokens) =>
      folded(
        "/my-account/edit-account/",
        password("password_current", "Current password (leave blank to leave unchanged)") +
          password("password_1", "New password (leave blank to leave unchanged)") +
          password("password_2", "Confirm new password") +
          hidden("save-account-details-nonce", tokens.hex(5)),
      ),
    page: (parts, tokens) =>
      layout(
        `<script>var wpApiSettings = {"root":"\\/wp-json\\/","nonce":"${tokens.hex(5)}","versionString":"wp\\/v2\\/"};
        var wc_cart_fragments_params = {"ajax_url":"\\/wp-admin\\/admin-ajax.php","cart_hash_key":"wc_cart_hash_${tokens.state(16)}","fragment_name":"wc_fragments"};</script>`,
        parts,
        `<a href="/my-account/customer-logout/?_wpnonce=${tokens.hex(5)}">Log out</a>`,
      ),
  },
  {
    name: "magento",
    follows: "Adobe Commerce (Magento 2): form_key in forms and a cookie, x-magento-init, mage-cache-storage",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) =>
      hidden(
        "form_key",
        tokens.kept("form_key", () => tokens.base64url(12)),
      ),
    signedIn: (tokens) => ({
      cookies: [
        `form_key=${tokens.kept("form_key", () => tokens.base64url(12))}`,
        `private_content_version=${tokens.hex()}`,
        `PHPSESSID=${tokens.hex(13)}; HttpOnly`,
      ],
    }),
    passwordForm: (tokens) =>
      dialog(
        "/customer/account/editPost/",
        hidden(
          "form_key",
          tokens.kept("form_key", () => tokens.base64url(12)),
        ) +
          password("current_password", "Current Password") +
          password("password", "New Password"),
      ),
    page: (parts, tokens) =>
      layout(
        "",
        parts,
        `<script type=text/x-magento-init>{"*":{"Magento_Customer/js/section-config":{"sections":{"customer":["/"]},"baseUrls":["/"]}}}</script>
        <input name=form_key type=hidden value="${tokens.kept("form_key", () => tokens.base64url(12))}">
        <script>localStorage["mage-cache-storage"] = JSON.stringify({ customer: { fullname: "Ada Lovelace", firstname: "Ada" }, cart: { summary_count: 2, data_id: 1790000000 } })</script>`,
      ),
  },
  {
    name: "drupal",
    follows: "Drupal: form_build_id, form_token, drupalSettings as JSON, SESS cookies",
    traits: ["CSRF token", "empty password field"],
    signInFields: (tokens) => hidden("form_build_id", `form-${tokens.state()}`),
    signedIn: (tokens) => ({ cookies: [`SESS${tokens.hex()}=${tokens.base64url(32)}; HttpOnly`] }),
    passwordForm: (tokens) =>
      folded(
        "/user/1/edit",
        hidden("form_token", tokens.base64url(32)) +
          password("pass[pass1]", "Password") +
          password("pass[pass2]", "Confirm password"),
      ),
    page: (parts, tokens) =>
      layout(
        "",
        parts,
        `<form>${hidden("form_build_id", `form-${tokens.state()}`)}${hidden("form_token", tokens.base64url(32))}${hidden("form_id", "views_exposed_form")}</form>
        <script type=application/json data-drupal-selector=drupal-settings-json>{"path":{"baseUrl":"\\/","currentPath":"user\\/1"},"ajaxPageState":{"libraries":"${tokens.state(80)}","theme":"olivero"},"user":{"uid":"71","permissionsHash":"${tokens.state()}"}}</script>`,
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
  {
    name: "shopify",
    follows: "Shopify's customer accounts: a storefront access token, shop settings and analytics as JSON in scripts",
    traits: ["CSRF token"],
    signInFields: () => hidden("form_type", "customer_login") + hidden("utf8", "✓"),
    signedIn: (tokens) => ({
      cookies: [
        `secure_customer_sig=${tokens.hex()}; HttpOnly`,
        `_shopify_y=${uuid(tokens)}`,
        `cart=${tokens.base64url(18)}%3Fkey%3D${tokens.hex()}`,
      ],
    }),
    page: (parts, tokens) =>
      layout(
        `<script id=shopify-features type=application/json>{"accessToken":"${tokens.kept("shop", () => tokens.hex())}","betas":["rich-media-storefront-analytics"],"domain":"shop.example","predictiveSearch":true,"shopId":${6789012345},"locale":"en"}</script>
        <script>var Shopify = Shopify || {}; Shopify.shop = "shop.myshopify.example"; Shopify.currency = {"active":"USD","rate":"1.0"}; Shopify.theme = {"name":"Dawn","id":140234567890}</script>`,
        parts,
        `<form method=post action=/cart>${hidden("authenticity_token", tokens.base64url(40))}</form>`,
      ),
  },
];

const csrf = (tokens: Tokens) => tokens.base64url(48);
const aspNet = (tokens: Tokens) => `CfDJ8${tokens.base64url(110)}`;
const phoenix = (tokens: Tokens) => `SFMyNTY.${tokens.base64url(90)}.${tokens.base64url(32)}`;
const flask = (tokens: Tokens) => `${tokens.base64url(46)}.${tokens.base64url(4)}.${tokens.base64url(20)}`;
const digitsOf = (tokens: Tokens) => BigInt(`0x${tokens.hex(8)}`).toString();
const uuid = (tokens: Tokens) => tokens.hex().replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
