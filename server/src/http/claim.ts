import { type Claimed, claimRequest, type LinkDetails } from "@passage/protocol/http";
import { findOperation, findProvider } from "@passage/providers/catalog";
import { type Context, Hono } from "hono";
import { hashSecret, readTag } from "../ids.ts";
import { siteUrlFor } from "../session/program.ts";
import { organizationOf } from "../stubs.ts";
import { readBody } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { publicOrigin, socketOrigin } from "./origin.ts";
import { problem, unwrap } from "./problem.ts";
import { requireUpgrade } from "./upgrade.ts";

/** `/link`: the public routes, for whoever holds a claim code. */
export const claim = new Hono<PassageContext>();

claim.post("/claim", async (c) => {
  const { code } = await readBody(c, claimRequest);
  const holder = await holderOf(c, code);
  const { linkId, sessionId, clientToken, expiresAt } = unwrap(await holder.organization.claim(holder.claimHash));
  const websocketUrl = `${socketOrigin(c)}/sessions/${sessionId}/ws`;
  return c.json({ linkId, sessionId, clientToken, websocketUrl, expiresAt } satisfies Claimed);
});

claim.get("/details", async (c) => {
  const holder = await holderOf(c, c.req.query("code"));
  const found = await holder.organization.describe(holder.claimHash);
  if (!found) throw problem("not_found", "No link has this claim code.");
  const { link, mode, requestedBy } = found;
  const provider = findProvider(link.integrationId);
  const details: LinkDetails = {
    linkId: link.id,
    mode,
    requestedBy,
    provider: {
      id: link.integrationId,
      name: provider?.name ?? link.integrationId,
      site: provider ? siteUrlFor(c.env.SANDBOX_URL)(mode)(provider.site) : publicOrigin(c),
    },
    operations: link.operations.map(({ resource, action }) => ({
      resource,
      action,
      description: (provider && findOperation(provider, resource, action)?.description) ?? `${resource} (${action})`,
    })),
    status: link.status,
    returnUrl: link.returnUrl,
    expiresAt: link.expiresAt,
  };
  c.header("cache-control", "no-store");
  return c.json(details);
});

claim.get("/ws", async (c) => {
  requireUpgrade(c);
  const holder = await holderOf(c, c.req.query("code"));
  const response = await holder.organization.fetch(`http://organization/${holder.claimHash}`, {
    headers: { upgrade: "websocket" },
  });
  if (response.status === 404) throw problem("not_found", "No link has this claim code.");
  return response;
});

async function holderOf(c: Context<PassageContext>, code: string | undefined) {
  const tag = await readTag(c.env.PASSAGE_SECRET, "claimCode", code ?? "");
  if (!code || !tag) throw problem("not_found", "No link has this claim code.");
  return { organization: organizationOf(c.env, tag), claimHash: await hashSecret(code) };
}
