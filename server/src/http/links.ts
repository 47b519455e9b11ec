import {
  type CreatedLink,
  createLinkRequest,
  type Link,
  type LinkSummary,
  linkLimits,
  listLinksQuery,
  type RequestedOperation,
} from "@passage/protocol/http";
import { findOperation, findProvider } from "@passage/providers/catalog";
import { Hono } from "hono";
import type * as z from "zod";
import { hashSecret, mintId, readTag } from "../ids.ts";
import type { LinkRecord } from "../organization/links.ts";
import { withQuery } from "../session/greeting.ts";
import { organizationOf } from "../stubs.ts";
import { requireApiKey } from "./api-key.ts";
import { check, readBody } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { publicOrigin } from "./origin.ts";
import { invalid, problem } from "./problem.ts";
import { checkWebhookUrl } from "./webhook-url.ts";

/** `/v1/links`: what a developer's backend creates, reads and lists. */
export const links = new Hono<PassageContext>().use(requireApiKey);

links.post("/", async (c) => {
  const body = await readBody(c, createLinkRequest);
  const operations = checkOperations(body);
  const { tag, mode } = c.get("caller");
  if (body.webhookUrl !== undefined) checkWebhookUrl(c, "webhookUrl", body.webhookUrl);
  if (mode === "test" && !c.env.SANDBOX_URL)
    throw invalid([{ path: "", message: "this server has no sandbox: use a live key, or start it with its sandbox" }]);
  const [id, claimCode] = await Promise.all([
    mintId(c.env.PASSAGE_SECRET, "link", tag),
    mintId(c.env.PASSAGE_SECRET, "claimCode", tag),
  ]);
  const createdAt = Date.now();
  const expiresAt = createdAt + (body.expiresIn ?? linkLimits.expiresInDefaultSeconds) * 1000;
  const returnUrl = body.returnUrl === undefined ? null : withQuery(body.returnUrl, { linkId: id });
  await organizationOf(c.env, tag).createLink({
    id,
    claimHash: await hashSecret(claimCode),
    integrationId: body.integrationId,
    operations,
    webhookUrl: body.webhookUrl ?? null,
    returnUrl,
    externalUserId: body.externalUserId ?? null,
    debug: body.debug ?? false,
    expiresAt,
    createdAt,
  });
  const created: CreatedLink = {
    linkId: id,
    claimCode,
    integrationId: body.integrationId,
    ...operationNames(operations),
    status: "pending",
    appClipUrl: `${publicOrigin(c)}/claim?code=${claimCode}`,
    returnUrl,
    expiresAt,
    createdAt,
  };
  return c.json(created, 201);
});

links.get("/", async (c) => {
  const query = check(listLinksQuery, c.req.query());
  const before = query.cursor === undefined ? null : readCursor("links", query.cursor);
  const { tag } = c.get("caller");
  const filter = { before, status: query.status ?? null, limit: query.limit + 1 };
  const found = await organizationOf(c.env, tag).listLinks(filter);
  const page = found.slice(0, query.limit);
  const last = found.length > query.limit ? page.at(-1) : undefined;
  return c.json({ links: page.map(toSummary), nextCursor: last ? writeCursor("links", last.seq) : null });
});

links.get("/:id", async (c) => {
  const { tag } = c.get("caller");
  const id = c.req.param("id");
  const isOurs = (await readTag(c.env.PASSAGE_SECRET, "link", id)) === tag;
  const found = isOurs ? await organizationOf(c.env, tag).getLink(id) : null;
  if (!found) throw problem("not_found", "Link not found");
  const link: Link = {
    ...toSummary(found),
    returnUrl: found.returnUrl,
    result: found.result === null ? null : JSON.parse(found.result),
    error: found.error && { ...found.error },
  };
  return c.json(link);
});

function checkOperations(body: z.output<typeof createLinkRequest>): RequestedOperation[] {
  const provider = findProvider(body.integrationId);
  if (!provider)
    throw invalid([
      { path: "integrationId", message: "is not a provider of this server; GET /v1/providers lists them" },
    ]);
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
    check(operation.arguments, requested.arguments ?? {}, path("arguments"));
    return requested;
  });
}

function operationNames(operations: readonly RequestedOperation[]) {
  const names = operations.map(({ resource, action }) => ({ resource, action }));
  return { operations: names, resource: names[0]?.resource ?? "", action: names[0]?.action ?? "" };
}

function toSummary(link: LinkRecord): LinkSummary {
  const { id, integrationId, externalUserId, status, currentSessionId, expiresAt, createdAt, updatedAt } = link;
  return {
    id,
    integrationId,
    ...operationNames(link.operations),
    externalUserId,
    status,
    currentSessionId,
    expiresAt,
    createdAt,
    updatedAt,
  };
}
