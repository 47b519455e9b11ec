import { isLoopbackUrl } from "@passage/protocol/return-url";
import { routes } from "@passage/protocol/routes/table";
import { Hono, type MiddlewareHandler } from "hono";
import { answerMcp } from "../mcp/answer-mcp.ts";
import type { PassageContext } from "./context.ts";
import { publicOrigin } from "./origin.ts";
import { problem } from "./problem.ts";
import { serve } from "./serve.ts";

/** `/mcp`: the API as tools for agents. */
export const mcp = new Hono<PassageContext>();

/**
 * The protocol demands it: a web page must not reach a server on its reader's machine by a name that it made lead there. So
 * without PUBLIC_URL the Host is not believed either.
 */
const refuseForeignOrigin: MiddlewareHandler<PassageContext> = async (c, next) => {
  const origin = c.req.header("origin");
  const isOwn =
    origin === undefined ||
    (c.env.PUBLIC_URL ? origin === publicOrigin(c) : isLoopbackUrl(origin) && isLoopbackHost(c));
  if (!isOwn) throw problem("foreign_origin", "A web page of another site may not use /mcp. Call it from a program.");
  await next();
};

function isLoopbackHost({ req }: Parameters<typeof refuseForeignOrigin>[0]): boolean {
  return isLoopbackUrl(`http://${new URL(req.url).host}`);
}

mcp.use(routes.mcp.path, refuseForeignOrigin);

serve(mcp, routes.mcp, ({ c }) => answerMcp(c));
