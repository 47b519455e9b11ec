import { agentRoutes } from "./agents.ts";
import { keyRoutes } from "./keys.ts";
import { linkRoutes } from "./links.ts";
import { operatorRoutes } from "./operator.ts";
import { publicRoutes } from "./public.ts";
import type { Route } from "./route.ts";
import { sandboxRoutes } from "./sandbox.ts";
import { sessionRoutes } from "./sessions.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Every route of the server, by its operation's name. The server registers what stands here, and nothing else. */
export const routes = {
  ...linkRoutes,
  ...sandboxRoutes,
  ...sessionRoutes,
  ...webhookRoutes,
  ...keyRoutes,
  ...agentRoutes,
  ...publicRoutes,
  ...operatorRoutes,
} as const satisfies Record<string, Route>;
