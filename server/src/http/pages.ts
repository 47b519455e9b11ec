import claimPolicy from "@passage/link/claim.csp.txt";
import claimPage from "@passage/link/claim.html";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import type { PassageContext } from "./context.ts";
import { serve } from "./serve.ts";

/** What a person opens: the claim page. */
export const pages = new Hono<PassageContext>();

serve(pages, routes.claimPage, ({ c }) => {
  c.header("content-security-policy", claimPolicy.trim());
  return c.html(claimPage) as Response;
});
