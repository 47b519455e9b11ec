import { Hono } from "hono";
import { html, raw } from "hono/html";
import { brands } from "./brands.ts";
import { type Env, sitesOf } from "./env.ts";
import { logRoutes } from "./request-log.ts";
import { originOf } from "./site/brand.ts";
import type { LoggedRequest } from "./sites.ts";
import { goodCode, goodPassword, magicCards, scenarioUsers } from "./users.ts";

/** sandbox.localhost: which sites there are, whom to sign in as, and what the sites were asked. */
export const indexSite = new Hono<{ Bindings: Env }>();

indexSite.get("/", async (context) => {
  const requests = await sitesOf(context.env).readLog({});
  return context.html(indexPage(context.req.url, requests.slice(-50).reverse()));
});
indexSite.route("/", logRoutes);

function indexPage(url: string, requests: LoggedRequest[]) {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Passage sandbox</title>
  <link rel="icon" href="data:,">
  <style>${raw(style)}</style>
</head>
<body><main>
  <h1>Passage sandbox</h1>
  <p>Small real sites that stand in for the target sites, with invented data.</p>
  <h2>Sites</h2>
  <ul>${brands.map((brand) => html`<li><a href="${originOf(brand, "www", url)}${brand.start}">${brand.name}</a></li>`)}</ul>
  <h2>Users</h2>
  <p>Password <code>${goodPassword}</code>, one-time code <code>${goodCode}</code>, for all of them.</p>
  <div class="wide"><table>
    <thead><tr><th>User</th><th>What happens</th><th>A reading link ends</th></tr></thead>
    <tbody>${scenarioUsers.map(
      ({ name, aliases = [], scenario, outcome }) => html`<tr>
        <td><code>${name}</code>${aliases.map((alias) => html`<br><code>${alias}</code>`)}</td>
        <td>${scenario}</td><td>${outcome}</td></tr>`,
    )}</tbody>
  </table></div>
  <h2>Card numbers</h2>
  <ul>${magicCards.map(({ number, meaning }) => html`<li><code>${number}</code> ${meaning}</li>`)}</ul>
  <h2>Requests</h2>
  <p>The latest 50, newest first. <a href="/log">All as JSON</a></p>
  <div class="wide"><table>
    <thead><tr><th>#</th><th>Host</th><th>Request</th><th>Call</th><th>Status</th></tr></thead>
    <tbody>${requests.map(
      ({ seq, host, method, path, call, status }) => html`<tr>
        <td>${seq}</td><td>${host}</td><td>${method} ${path}</td><td>${call}</td><td>${status ?? "no answer"}</td></tr>`,
    )}</tbody>
  </table></div>
</main></body>
</html>`;
}

const style = `
body { margin: 0; background: #f6f6f8; color: #1c1c21; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 32px 16px 64px; }
h1 { margin: 0; letter-spacing: -0.02em; }
h2 { margin: 32px 0 8px; font-size: 18px; }
.wide { overflow-x: auto; border: 1px solid #dddde3; border-radius: 8px; background: #fff; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 8px 12px; text-align: left; vertical-align: top; white-space: nowrap; }
td:last-child { white-space: normal; }
tbody tr { border-top: 1px solid #dddde3; }
`;
