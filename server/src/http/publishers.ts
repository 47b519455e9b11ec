import { publisherKeys } from "@passage/protocol/http/publishers";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { publishers as published } from "../catalog.ts";
import type { PassageContext } from "./context.ts";
import { serve } from "./serve.ts";

/** Whose signature the manifests of this build carry: written by the build that signed them, so that a server has no key. */
export const publishers = new Hono<PassageContext>();

serve(publishers, routes.getPublishers, ({ c }) => {
  c.header("cache-control", "public, max-age=300");
  return publisherKeys.parse(published);
});
