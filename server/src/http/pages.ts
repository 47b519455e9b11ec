import { errorCodes, isErrorCode } from "@passage/protocol/errors";
import { Hono } from "hono";
import { html } from "hono/html";
import claimPolicy from "../../../link/dist/claim.csp.txt";
import claimPage from "../../../link/dist/claim.html";
import type { PassageContext } from "./context.ts";
import { problem } from "./problem.ts";

/** What a person opens: the claim page, and one page an error code. */
export const pages = new Hono<PassageContext>();

pages.get("/claim", (c) => {
  c.header("content-security-policy", claimPolicy.trim());
  c.header("cache-control", "no-store");
  return c.html(claimPage);
});

pages.get("/docs/errors/:code", (c) => {
  const code = c.req.param("code");
  if (!isErrorCode(code)) throw problem("not_found", "There is no such error code.");
  const { status, title } = errorCodes[code];
  c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
  return c.html(html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><title>${code}</title>
      <body style="font:16px/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem">
        <h1><code>${code}</code></h1>
        <p>${title}.</p>
        <p>${status === null ? "Stands in a session message or on a link." : `HTTP status ${status}.`}</p>
      </body>
    </html>`);
});
