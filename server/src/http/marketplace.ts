import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { providers } from "../catalog.ts";
import { marketplace as documentOf } from "../marketplace/marketplace.ts";
import type { PassageContext } from "./context.ts";
import { publicOrigin } from "./origin.ts";
import { serve } from "./serve.ts";

/** What the instance offers, for programs and models: with its own address in it. */
export const marketplace = new Hono<PassageContext>();

serve(marketplace, routes.marketplace, ({ c }) => {
  c.header("cache-control", "public, max-age=300");
  c.header("access-control-allow-origin", "*");
  return documentOf(publicOrigin(c), providers);
});
