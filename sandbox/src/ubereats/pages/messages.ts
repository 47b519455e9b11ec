import { html } from "hono/html";
import { originOf } from "../origins.ts";
import { page } from "./layout.ts";

/** What an address that does not exist shows. */
export function notFoundPage(url: string) {
  return message(url, "We can't find this page", "It may have moved, or the address has a typo.");
}

/** What a request that cannot be answered shows; `explanation` is for the person, never an error's own text. */
export function errorPage(url: string, explanation: string) {
  return message(url, "Sorry, that didn't work", explanation);
}

function message(url: string, title: string, explanation: string) {
  const body = html`<h1>${title}</h1>
    <p class="quiet">${explanation}</p>
    <a class="button" href="${originOf("www", url)}/orders">Go to your orders</a>`;
  return page({ title, url, area: "public", body });
}
