import { openApi } from "@passage/protocol/openapi";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { html } from "hono/html";
import type { PassageContext } from "./context.ts";
import { publicOrigin } from "./origin.ts";
import { problem } from "./problem.ts";
import { serve } from "./serve.ts";

/** The API described: for tools as OpenAPI, for people by Swagger UI, whose files lie beside the Worker. */
export const reference = new Hono<PassageContext>();

const files: Record<string, string> = {
  "swagger-ui.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
  "reference.js": "text/javascript; charset=utf-8",
};

serve(reference, routes.openApi, ({ c }) => {
  c.header("cache-control", "public, max-age=300");
  // It holds no secret, and tools in browsers read it.
  c.header("access-control-allow-origin", "*");
  return openApi(publicOrigin(c));
});

serve(reference, routes.home, ({ c }) => c.redirect(routes.reference.path) as Response);

serve(reference, routes.reference, ({ c }) => {
  c.header(
    "content-security-policy",
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  return c.html(html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><title>API reference · Passage</title>
      <link rel="stylesheet" href="/reference/swagger-ui.css" />
      <div id="reference"></div>
      <script src="/reference/swagger-ui.js"></script>
      <script src="/reference/reference.js"></script>
    </html>`) as Response;
});

serve(reference, routes.referenceScript, async ({ c, id: name }) => {
  const type = files[name];
  const found = type ? await c.env.ASSETS.fetch(`http://assets/${name}`) : null;
  if (!type || !found?.ok || !found.body) throw problem("not_found", "The reference has no such file.");
  return c.body(found.body, 200, { "content-type": type, "cache-control": "public, max-age=3600" }) as Response;
});
