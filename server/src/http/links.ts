import { type createLinkRequest, linkLimits, type RequestedOperation } from "@passage/protocol/http/link";
import type { Mode } from "@passage/protocol/ids";
import { isLoopbackUrl } from "@passage/protocol/return-url";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import type * as z from "zod";
import { findOperation, findProvider } from "../catalog.ts";
import { hashSecret, mintId } from "../ids.ts";
import { withQuery } from "../session/greeting.ts";
import { linksOf } from "../stubs.ts";
import { checkStrict } from "./body.ts";
import { actorOf } from "./caller.ts";
import type { PassageContext } from "./context.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { publicOrigin } from "./origin.ts";
import { ownLink, unknownLink } from "./own-link.ts";
import { invalid, unwrap } from "./problem.ts";
import { serve } from "./serve.ts";
import { newestFirst } from "./shard-list.ts";
import { placementOf } from "./tenant.ts";
import { checkWebhookUrl } from "./webhook-url.ts";

/** `/v1/links`: what a developer's backend creates, reads, lists, cancels and deletes. */
export const links = new Hono<PassageContext>();

serve(links, routes.createLink, async ({ c, caller, body, once }) => {
  const { mode } = caller;
  const operations = checkOperations(body, mode);
  if (body.webhookUrl !== undefined) checkWebhookUrl(c.env, mode, "webhookUrl", body.webhookUrl);
  if (mode === "live" && body.returnUrl !== undefined && isLoopbackUrl(body.returnUrl))
    throw invalid([{ path: "returnUrl", message: "must be https: http to this machine is for test mode" }]);
  if (mode === "test" && !c.env.SANDBOX_URL)
    throw invalid([{ path: "", message: "this server has no sandbox: use a live key, or start it with its sandbox" }]);
  const tag = await placementOf(c.env, caller, once, body.externalUserId ?? null);
  const [id, claimCode] = await Promise.all([
    mintId(c.env.PASSAGE_SECRET, "link", tag),
    mintId(c.env.PASSAGE_SECRET, "claimCode", tag),
  ]);
  const returnUrl = body.returnUrl === undefined ? null : withQuery(body.returnUrl, { linkId: id });
  const draft = {
    id,
    claimHash: await hashSecret(claimCode),
    provider: body.integrationId,
    operations,
    webhookUrl: body.webhookUrl ?? null,
    returnUrl,
    externalUserId: body.externalUserId ?? null,
    metadata: body.metadata ?? null,
    reusable: body.reusable ?? false,
    debug: body.debug ?? false,
    expiresInMs: (body.expiresIn ?? linkLimits.expiresInDefaultSeconds) * 1000,
  };
  const names = operations.map(({ resource, action }) => ({ resource, action }));
  const answer = {
    linkId: id,
    claimCode,
    integrationId: body.integrationId,
    operations: names,
    resource: names[0]?.resource ?? "",
    action: names[0]?.action ?? "",
    status: "pending" as const,
    appClipUrl: `${publicOrigin(c)}/claim?code=${claimCode}`,
    returnUrl,
  };
  return unwrap(await linksOf(c.env, tag).create(draft, answer, once));
});

serve(links, routes.listLinks, ({ c, caller, query }) => {
  const { status = null, integrationId: provider = null, externalUserId = null, createdAfter = null } = query;
  return newestFirst({ c, caller }, query, {
    list: "links",
    read: (tag, before, limit) =>
      linksOf(c.env, tag).list({ before, status, provider, externalUserId, createdAfter, limit }),
    positionOf: ({ position }) => position,
    timeOf: ({ link }) => link.createdAt,
  }).then(({ page, nextCursor }) => ({ links: page.map(({ link }) => link), nextCursor }));
});

serve(links, routes.getLink, async (asked) => {
  const link = await (await ownLink(asked)).links.get(asked.id, asked.query.include === "partial");
  if (!link) throw unknownLink();
  return link;
});

serve(links, routes.listAttempts, async (asked) => {
  const { limit, cursor } = asked.query;
  const own = await ownLink(asked);
  const found = await own.links.attempts(asked.id, readCursor("attempts", cursor), limit);
  if (!found) throw unknownLink();
  const { attempts, next } = found;
  return { attempts: [...attempts], nextCursor: next === null ? null : writeCursor("attempts", next) };
});

serve(links, routes.cancelLink, async (asked) => {
  const own = await ownLink(asked);
  return unwrap(await own.links.cancel(asked.id, actorOf(asked.c), asked.once));
});

serve(links, routes.deleteLink, async (asked) => {
  unwrap(await (await ownLink(asked)).links.delete(asked.id, actorOf(asked.c)));
  return { id: asked.id, deleted: true as const };
});

function checkOperations(body: z.output<typeof createLinkRequest>, mode: Mode): RequestedOperation[] {
  const provider = findProvider(body.integrationId);
  if (!provider)
    throw invalid([
      { path: "integrationId", message: "is not a provider of this server; GET /v1/providers lists them" },
    ]);
  if (mode === "test" && !provider.hasSandbox) {
    const message = `${provider.name} has no sandbox site, which a link of test mode would open: use a live key, or add sandbox.ts to its package`;
    throw invalid([{ path: "integrationId", message }]);
  }
  const { resource, action, arguments: given } = body;
  const single = resource && action ? [{ resource, action, ...(given && { arguments: given }) }] : [];
  return (body.operations ?? single).map((requested, index) => {
    const at = body.operations ? `operations.${index}` : "";
    const path = (field: string) => (at ? `${at}.${field}` : field);
    const operation = findOperation(provider, requested.resource, requested.action);
    if (!operation) {
      const message = `${provider.name} has no ${requested.resource}:${requested.action}; GET /v1/providers lists what it has`;
      throw invalid([{ path: path("resource"), message }]);
    }
    if (!operation.arguments) {
      if (requested.arguments && Object.keys(requested.arguments).length > 0)
        throw invalid([{ path: path("arguments"), message: "this operation takes none" }]);
      return requested;
    }
    checkStrict(operation.arguments, requested.arguments ?? {}, path("arguments"));
    return requested;
  });
}
