import { html, raw } from "hono/html";
import { originOf } from "../origins.ts";
import { shortCode } from "../sign-in.ts";
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
  <title>${title} | Uber Eats (sandbox)</title>
  <link rel="icon" href="${icon}">
  <style>${raw(style)}</style>
</head>
<body class="${area}">
  ${sandboxBar(area)}
  <header>
    <a class="wordmark" href="${originOf("www", url)}/">Uber Eats <span>(sandbox)</span></a>
    ${navigation(area, url)}
  </header>
  <main id="main-content">${body}</main>
  <footer>Invented restaurants and orders, for tests of Passage.</footer>
  ${script && html`<script src="${script}"></script>`}
</body>
</html>`;
}

function sandboxBar(area: Page["area"]): Content {
  if (area === "account") return html`<p class="sandbox-bar">Sandbox: not the real site, invented data</p>`;
  return html`<p class="sandbox-bar">Sandbox: use <code>user_good</code> <code>${shortCode}</code></p>`;
}

function navigation(area: Page["area"], url: string): Content | null {
  if (area === "sign-in") return null;
  const www = originOf("www", url);
  if (area === "public")
    return html`<nav aria-label="Main"><a class="button small" href="${www}/orders">Log in</a></nav>`;
  return html`<nav aria-label="Main"><a href="${www}/orders">Orders</a><a href="${www}/logout">Sign out</a></nav>`;
}
