import { withoutInvisible } from "@passage/protocol/display-text";
import { routes } from "@passage/protocol/routes/table";
import { sandboxTwin } from "@passage/protocol/sandbox-twin";
import { type Context, Hono } from "hono";
import { findProvider } from "../catalog.ts";
import { hashSecret, readTag } from "../ids.ts";
import { statusSocketsPerLink } from "../limits.ts";
import { mandateOf } from "../session/program.ts";
import { operationDetails } from "../session/signed-manifests.ts";
import { attemptsOf, linksOf, organizationOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { publicOrigin, socketOrigin } from "./origin.ts";
import { problem, unwrap } from "./problem.ts";
import { serve } from "./serve.ts";
import { requireUpgrade } from "./upgrade.ts";

/** `/link`: the public routes, for whoever holds a claim code. */
export const claim = new Hono<PassageContext>();

serve(claim, routes.claimLink, async ({ c, body: { code } }) => {
  const holder = await holderOf(c, code);
  const { linkId, sessionId, clientToken, expiresAt } = unwrap(
    await attemptsOf(c.env, holder.tag).claim(holder.claimHash),
  );
  const websocketUrl = `${socketOrigin(c)}/sessions/${sessionId}/ws`;
  return { linkId, sessionId, clientToken, websocketUrl, expiresAt };
});

serve(claim, routes.linkDetails, async ({ c, query: { code } }) => {
  const holder = await holderOf(c, code);
  const found = await linksOf(c.env, holder.tag).describe(holder.claimHash);
  if (!found) throw problem("not_found", "No link has this claim code.");
  const provider = findProvider(found.provider);
  const sandbox = found.mode === "test" ? c.env.SANDBOX_URL : undefined;
  const { manifests, operations } = mandateOf({ providerId: found.provider, operations: found.operations });
  return {
    linkId: found.linkId,
    mode: found.mode,
    requestedBy: withoutInvisible(found.requestedBy),
    provider: {
      id: found.provider,
      name: provider?.name ?? found.provider,
      site: provider ? (sandbox ? sandboxTwin(provider.site, sandbox) : provider.site) : publicOrigin(c),
    },
    operations: operations.map((one) => ({
      ...one,
      details: [...operationDetails({ provider: found.provider, ...one })],
    })),
    manifests,
    server: publicOrigin(c),
    sandbox: sandbox ?? null,
    status: found.status,
    cancelledAt: found.cancelledAt,
    returnUrl: found.returnUrl,
    expiresAt: found.expiresAt,
  };
});

serve(claim, routes.linkSocket, async ({ c, query: { code } }) => {
  requireUpgrade(c);
  const holder = await holderOf(c, code);
  const response = await organizationOf(c.env, holder.tag).fetch(`http://organization/${holder.claimHash}`, {
    headers: { upgrade: "websocket" },
  });
  if (response.status === 404) throw problem("not_found", "No link has this claim code.");
  if (response.status === 429)
    throw problem(
      "rate_limited",
      `This link's status is followed by ${statusSocketsPerLink} sockets already. Close some, or use GET /link/details.`,
    );
  return response;
});

async function holderOf(c: Context<PassageContext>, code: string) {
  const tag = await readTag(c.env.PASSAGE_SECRET, "claimCode", code);
  if (!tag) throw problem("not_found", "No link has this claim code.");
  c.get("subject").organization = tag;
  return { tag, claimHash: await hashSecret(code) };
}
