import { html } from "hono/html";
import { type Brand, originOf } from "./brand.ts";
import { page } from "./layout.ts";

/** What an address that does not exist shows. */
export function notFoundPage(brand: Brand, url: string) {
  return message(brand, url, "Page not found", "We can't find the page you are looking for.");
}

/** What a request that cannot be answered shows; `explanation` is for the person, never an error's own text. */
export function errorPage(brand: Brand, url: string, explanation: string) {
  return message(brand, url, "Sorry, that didn't work", explanation);
}

/** What a browser that the site dislikes is shown, with status 418 as Verizon does. */
export function blockedPage(brand: Brand, url: string) {
  const body = html`<div id="access-denied"><h1>This page isn't available</h1>
    <p class="quiet">We can't serve your browser right now.</p></div>`;
  return page({ brand, title: "Unavailable", url, area: "sign-in", body });
}

/** The public front page. */
export function homePage(brand: Brand, url: string) {
  const body = html`<section class="hero"><h1>${brand.headline}</h1>
    <p class="quiet">A stand-in for a mobile operator, with an invented account and invented bills.</p>
    <a class="button" href="${brand.start}">Log in to your account</a></section>`;
  return page({ brand, title: "Home", url, area: "public", body });
}

function message(brand: Brand, url: string, title: string, explanation: string) {
  const body = html`<h1>${title}</h1>
    <p class="quiet">${explanation}</p>
    <a class="button" href="${originOf(brand, "www", url)}${brand.start}">Go to your account</a>`;
  return page({ brand, title, url, area: "public", body });
}
