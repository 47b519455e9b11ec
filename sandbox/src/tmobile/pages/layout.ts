import { html, raw } from "hono/html";
import { goodCode, goodPassword } from "../../users.ts";
import { originOf } from "../origins.ts";
import { icon, style } from "./style.ts";

type Content = ReturnType<typeof html>;

export type Page = {
  title: string;
  url: string;
  body: Content;
  /** Which header and which bar: the test credentials are shown where they are asked for, never on account data. */
  area: "public" | "sign-in" | "account";
  script?: string;
};

/** The frame of every page of the site. */
export function page({ title, url, body, area, script }: Page): Content {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} | T-Mobile (sandbox)</title>
  <link rel="icon" href="${icon}">
  <style>${raw(style)}</style>
</head>
<body class="${area}">
  ${sandboxBar(area)}
  <header>
    <a class="wordmark" href="${originOf("www", url)}/">T-Mobile <span>(sandbox)</span></a>
    ${navigation(area, url)}
  </header>
  <main>${body}</main>
  <footer>An invented account on an invented site, for tests of Passage.</footer>
  ${script && html`<script src="${script}"></script>`}
</body>
</html>`;
}

function sandboxBar(area: Page["area"]): Content {
  if (area === "account") return html`<p class="sandbox-bar">Sandbox: not the real site, invented data</p>`;
  return html`<p class="sandbox-bar">Sandbox: use <code>user_good</code> <code>${goodPassword}</code>
    <code>${goodCode}</code></p>`;
}

function navigation(area: Page["area"], url: string): Content | null {
  if (area === "sign-in") return null;
  const www = originOf("www", url);
  if (area === "public") return html`<nav aria-label="Main"><a href="${www}/account">Log in</a></nav>`;
  return html`<nav aria-label="Main">
    <a href="${www}/my-account/dashboard">Account</a>
    <a href="${www}/bill/summary">Bill &amp; pay</a>
    <a id="logout_desktop" href="${www}/logout">Log out</a>
  </nav>`;
}
