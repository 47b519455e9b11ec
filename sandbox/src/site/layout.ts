import { html, raw } from "hono/html";
import { goodCode, goodPassword } from "../users.ts";
import { type Brand, originOf } from "./brand.ts";
import { iconOf, styleOf } from "./style.ts";

export type Content = ReturnType<typeof html>;

export type Page = {
  brand: Brand;
  title: string;
  url: string;
  body: Content;
  /** Which header and which bar: the test credentials are shown where they are asked for, never on account data. */
  area: "public" | "sign-in" | "account";
  /** Paths of scripts on the page's own host. */
  scripts?: readonly string[];
};

/** The frame of every page of every site. */
export function page({ brand, title, url, body, area, scripts = [] }: Page): Content {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} | ${brand.name} (sandbox)</title>
  <link rel="icon" href="${iconOf(brand)}">
  <style>${raw(styleOf(brand))}</style>
</head>
<body class="${area}">
  ${sandboxBar(area)}
  <header>
    <a class="wordmark" href="${originOf(brand, "www", url)}/">${brand.name} <span>(sandbox)</span></a>
    ${navigation(brand, area, url)}
  </header>
  <main>${body}</main>
  <footer>An invented account on an invented site, for tests of Passage.</footer>
  ${scripts.map((script) => html`<script src="${script}"></script>`)}
</body>
</html>`;
}

function sandboxBar(area: Page["area"]): Content {
  if (area === "account") return html`<p class="sandbox-bar">Sandbox: not the real site, invented data</p>`;
  return html`<p class="sandbox-bar">Sandbox: use <code>user_good</code> <code>${goodPassword}</code>
    <code>${goodCode}</code></p>`;
}

function navigation(brand: Brand, area: Page["area"], url: string): Content | null {
  if (area === "sign-in") return null;
  const www = originOf(brand, "www", url);
  if (area === "public") return html`<nav aria-label="Main"><a href="${www}${brand.start}">Log in</a></nav>`;
  return html`<nav aria-label="Main">
    ${brand.navigation.map(({ href, text, id }) => html`<a ${id && raw(`id="${id}"`)} href="${www}${href}">${text}</a>`)}
  </nav>`;
}
