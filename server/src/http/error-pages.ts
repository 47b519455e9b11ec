import { errorHelp } from "@passage/protocol/error-help";
import { type ErrorCode, errorCodes, isErrorCode } from "@passage/protocol/errors";
import { routes } from "@passage/protocol/routes/table";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { PassageContext } from "./context.ts";
import { problem } from "./problem.ts";
import { serve } from "./serve.ts";

/** `/docs/errors`: one page a code, from the tables in protocol. */
export const errorPages = new Hono<PassageContext>();

serve(errorPages, routes.errorPages, ({ c }) => {
  const rows = (Object.keys(errorCodes) as ErrorCode[]).map(
    (code) => html`<tr>
      <td><a href="/docs/errors/${code}"><code>${code}</code></a></td>
      <td>${errorCodes[code].status ?? ""}</td>
      <td>${errorCodes[code].title}</td>
    </tr>`,
  );
  return page(c, "Error codes", html`<h1>Error codes</h1><table>${rows}</table>`);
});

serve(errorPages, routes.errorPage, ({ c, id: code }) => {
  if (!isErrorCode(code)) throw problem("not_found", "There is no such error code. /docs/errors lists them.");
  const { status, title } = errorCodes[code];
  const { cause, remedy } = errorHelp[code];
  return page(
    c,
    code,
    html`<h1><code>${code}</code></h1>
      <p><strong>${title}.</strong></p>
      <p>${status === null ? "Stands in a session message or on a link." : `HTTP status ${status}.`}</p>
      <h2>Why</h2><p>${cause}</p>
      <h2>What to do</h2><p>${remedy}</p>
      <p><a href="/docs/errors">All codes</a></p>`,
  );
});

function page(c: Context<PassageContext>, title: string, body: ReturnType<typeof html>): Response {
  c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  c.header("cache-control", "public, max-age=300");
  return c.html(html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><title>${title} · Passage</title>
      <style>
        body { font: 16px/1.5 system-ui; color-scheme: light dark; max-width: 46rem; margin: 3rem auto; padding: 0 1rem }
        td { padding: 0.15rem 1rem 0.15rem 0; vertical-align: top }
        h2 { font-size: 1.1rem }
      </style>
      <body>${body}</body>
    </html>`) as Response;
}
