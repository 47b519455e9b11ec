import type { Template } from "../template.ts";
import { dialog, folded, hidden, layout, password } from "./page-parts.ts";
import { uuid } from "./token-forms.ts";

/** Systems for shops and contents, each with its names of tokens. */
export const shops: readonly Template[] = [
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
