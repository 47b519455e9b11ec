import { Hono } from "hono";
import { randomCharacters } from "../ids.ts";
import { claim } from "./claim.ts";
import type { PassageContext } from "./context.ts";
import { events } from "./events.ts";
import { links } from "./links.ts";
import { operator } from "./operator.ts";
import { pages } from "./pages.ts";
import { problem, problemResponse } from "./problem.ts";
import { providers } from "./providers.ts";
import { sessionSockets, sessions } from "./sessions.ts";
import { webhookEndpoints } from "./webhook-endpoints.ts";
import { jwks, signingKeys, webhookKeys, webhookSecret } from "./webhook-keys.ts";

/** The HTTP door: routes to resources, one id a request, one shape of error. */
export const app = new Hono<PassageContext>();

app.use(async (c, next) => {
  c.set("requestId", `req_${randomCharacters(22)}`);
  await next();
  if (c.res.webSocket) return;
  c.header("x-request-id", c.get("requestId"));
  c.header("x-content-type-options", "nosniff");
  c.header("referrer-policy", "no-referrer");
});

app.get("/healthz", (c) => c.json({ status: "ok" }));
app.route("/v1/links", links);
app.route("/v1/sessions", sessions);
app.route("/v1/providers", providers);
app.route("/v1/events", events);
app.route("/v1/webhook_endpoints", webhookEndpoints);
app.route("/v1/webhook_keys", signingKeys);
app.route("/v1/webhook_secret", webhookSecret);
app.route("/.well-known/jwks.json", jwks);
app.route("/link", claim);
app.route("/sessions", sessionSockets);
app.route("/webhook_verification_key", webhookKeys);
app.route("/operator", operator);
app.route("/", pages);

app.notFound((c) => problemResponse(problem("not_found", `There is no ${c.req.method} ${c.req.path}.`), c));
app.onError(problemResponse);
