import { html, raw } from "hono/html";
import { linesOf } from "../../billing-cycles.ts";
import { page } from "../../site/layout.ts";
import type { ScenarioUser } from "../../users.ts";
import { accountNumber, billsOf } from "../bills.ts";
import { brand } from "../brand.ts";

export function dashboardPage(url: string, user: ScenarioUser) {
  const current = billsOf(user)[0];
  const body = html`<h1>Hi, Sam</h1>
    <p class="quiet">Here is your account at a glance.</p>
    <div class="cards">
      <section class="card">
        <h2>Your bill</h2>
        <p class="quiet">${current ? "Your latest bill is ready." : "You have no bills yet."}</p>
        <a class="button" href="/bill/summary">Bill &amp; pay</a>
      </section>
      <section class="card">
        <h2>Your plan</h2>
        <p class="quiet">${linesOf(user).length} lines, unlimited talk, text and data.</p>
        <a href="/account/account-overview">Account overview</a>
      </section>
    </div>
    ${cookieBanner}`;
  return page({ brand, title: "Dashboard", url, area: "account", body });
}

export function overviewPage(url: string, user: ScenarioUser) {
  const body = html`<h1>Account overview</h1>
    <p class="quiet">Signed in as ${user.name}</p>
    <div class="card"><dl class="figures">
      <div><dt>Account number</dt><dd>${accountNumber}</dd></div>
      ${linesOf(user).map((line, index) => html`<div><dt>Line ${index + 1}</dt><dd>${formatLine(line)}</dd></div>`)}
    </dl></div>`;
  return page({ brand, title: "Account overview", url, area: "account", body });
}

function formatLine(line: string): string {
  return `(${line.slice(0, 3)}) ${line.slice(3, 6)}-${line.slice(6)}`;
}

const cookieBanner = html`<aside class="cookie-banner" aria-label="Cookies" hidden>
    <p>We use cookies to keep you signed in.</p>
    <button class="button">Accept</button>
  </aside>
  <script>${raw(`
    const banner = document.querySelector(".cookie-banner");
    banner.hidden = localStorage.getItem("cookies") === "accepted";
    banner.querySelector("button").addEventListener("click", () => {
      localStorage.setItem("cookies", "accepted");
      banner.hidden = true;
    });
  `)}</script>`;
