import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { cors } from "hono/cors";
import { randomCharacters } from "../ids.ts";
import { claim } from "./claim.ts";
import type { PassageContext } from "./context.ts";
import { documents } from "./documents.ts";
import { errorPages } from "./error-pages.ts";
import { events } from "./events.ts";
import { keys } from "./keys.ts";
import { links } from "./links.ts";
import { marketplace } from "./marketplace.ts";
import { mcp } from "./mcp.ts";
import { metrics } from "./metrics.ts";
import { warnOfMisconfiguration } from "./misconfiguration.ts";
import { refuseUnknown, refuseUnreadable } from "./not-found.ts";
import { operator } from "./operator.ts";
import { pages } from "./pages.ts";
import { problemResponse } from "./problem.ts";
import { providers } from "./providers.ts";
import { publishers } from "./publishers.ts";
import { record } from "./record.ts";
import { reference } from "./reference.ts";
import { sandbox } from "./sandbox.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import { serve } from "./serve.ts";
import { sessionSockets, sessions } from "./sessions.ts";
import { webhookEndpoints } from "./webhook-endpoints.ts";
import { webhookKeys } from "./webhook-keys.ts";

/** The HTTP door: routes to resources, one id a request, one shape of error. */
export const app = new Hono<PassageContext>();

app.use(async (c, next) => {
  c.set("requestId", `req_${randomCharacters(22)}`);
  c.set("subject", {});
  await next();
  if (!c.res.webSocket) setSecurityHeaders(c);
});

app.use(record);
app.use(warnOfMisconfiguration);
app.use(refuseUnreadable);

// A developer's own page may claim and follow a link, by its code. Everything else is for servers, or for our own pages.
const anyOrigin = cors({ origin: "*", allowMethods: ["GET", "POST"], allowHeaders: ["content-type"], maxAge: 86_400 });
for (const { path } of [routes.claimLink, routes.linkDetails]) app.use(path, anyOrigin);

serve(app, routes.health, () => ({ status: "ok" as const }));
for (const part of [
  links,
  sandbox,
  sessions,
  keys,
  providers,
  publishers,
  claim,
  sessionSockets,
  events,
  webhookEndpoints,
  webhookKeys,
  operator,
  mcp,
  metrics,
  pages,
  errorPages,
  reference,
  marketplace,
  documents,
])
  app.route("/", part);

app.notFound((c) => problemResponse(refuseUnknown(c), c));
app.onError(problemResponse);
