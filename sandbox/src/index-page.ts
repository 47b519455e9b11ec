import { Hono } from "hono";
import { html, raw } from "hono/html";
import type { Env } from "./env.ts";
import { logRoutes } from "./request-log.ts";
import { type ScenarioGroup, sandboxTable } from "./scenarios.ts";
import type { LoggedRequest } from "./sites.ts";
import { sitesOf } from "./sites-object.ts";

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
  ${sandboxTable.groups.map((group) => sitesWithUsers(group, new URL(url)))}
  <h2>Card numbers</h2>
  <ul>${sandboxTable.cards.map(({ number, meaning }) => html`<li><code>${number}</code> ${meaning}</li>`)}</ul>
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

function sitesWithUsers({ sites, code, users }: ScenarioGroup, { protocol, port }: URL) {
  const address = (start: string) => `${protocol}//${start.replace("/", `${port && `:${port}`}/`)}`;
  return html`<h2>${sites.map(({ name, start }, index) => html`${index > 0 && ", "}<a href="${address(start)}">${name}</a>`)}</h2>
  <p>Password <code>${sandboxTable.password}</code>, one-time code <code>${code}</code>.</p>
  <div class="wide"><table>
    <thead><tr><th>User</th><th>What happens</th><th>A reading link ends</th></tr></thead>
    <tbody>${users.map(
      ({ name, aliases = [], scenario, outcome }) => html`<tr>
        <td><code>${name}</code>${aliases.map((alias) => html`<br><code>${alias}</code>`)}</td>
        <td>${scenario}</td><td>${outcome}</td></tr>`,
    )}</tbody>
  </table></div>`;
}

const style = `
body { margin: 0; background: #f6f6f8; color: #1c1c21; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 32px 16px 64px; }
h1 { margin: 0; letter-spacing: -0.02em; }
h2 { margin: 32px 0 8px; font-size: 18px; }
.wide { overflow-x: auto; border: 1px solid #dddde3; border-radius: 8px; background: #fff; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 8px 12px; text-align: left; vertical-align: top; white-space: nowrap; }
td:nth-child(2) { min-width: 220px; white-space: normal; }
tbody tr { border-top: 1px solid #dddde3; }
`;
