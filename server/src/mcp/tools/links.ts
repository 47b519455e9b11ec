import { createLinkRequest, linkStatus } from "@passage/protocol/http/link";
import { routes } from "@passage/protocol/routes/table";
import * as z from "zod";
import { callRoute } from "../../http/serve.ts";
import { describeLink, summaryLine } from "../link-page.ts";
import { list, markdown, present, time } from "../text.ts";
import { defineTool } from "../tool.ts";
import { watchLink } from "../watch-link.ts";
import { cursor, limit, linkId } from "./input.ts";

const { integrationId, operations, webhookUrl, returnUrl, externalUserId, metadata, reusable, expiresIn } =
  createLinkRequest.shape;

const createLink = defineTool({
  name: "create_link",
  title: "Create a link",
  description:
    "Creates a link: a request to one person for operations of one provider. Returns the address to give to that person. The fields are those of POST /v1/links; list_providers has the names.",
  input: z.strictObject({
    integrationId,
    operations: operations.unwrap(),
    externalUserId,
    webhookUrl,
    returnUrl,
    metadata,
    reusable,
    expiresIn,
  }),
  routes: [routes.createLink],
  run: async (c, body) => {
    const {
      claimCode: _inItsAddress,
      resource: _first,
      action: _its,
      ...link
    } = await callRoute(c, routes.createLink, {
      body,
    });
    const isTest = c.get("caller").mode === "test";
    return {
      text: markdown({
        title: `Link ${link.linkId}`,
        facts: [
          ["Address for the person", link.appClipUrl],
          ["Status", link.status],
          ["Provider", link.integrationId],
          ["Operations", link.operations.map(({ resource, action }) => `${resource}:${action}`).join(", ")],
          ["Expires", time(link.expiresAt)],
        ],
        next: [
          "Give the person the address as it is. It is a secret: whoever opens it can claim the link.",
          isTest ? `On this machine, \`npx @passage/cli open "${link.appClipUrl}"\` opens it as a test device.` : null,
          `wait_for_link with link_id ${link.linkId}.`,
        ],
      }),
      structured: present(link),
    };
  },
});

const getLink = defineTool({
  name: "get_link",
  title: "Read a link",
  description: "Reads a link: status, attempts, and its result or the error of its last attempt.",
  input: z.strictObject({ link_id: linkId }),
  routes: [routes.getLink, routes.listAttempts],
  run: async (c, { link_id: id }) => {
    const link = await callRoute(c, routes.getLink, { id });
    const { attempts } = await callRoute(c, routes.listAttempts, { id, query: { limit: 5 } });
    return describeLink(link, { attempts });
  },
});

const listLinks = defineTool({
  name: "list_links",
  title: "List links",
  description: "Lists links, newest first.",
  input: z.strictObject({
    status: linkStatus.optional(),
    provider: z.string().max(200).optional(),
    external_user_id: z.string().max(2_048).optional(),
    limit,
    cursor,
  }),
  routes: [routes.listLinks],
  run: async (c, { status, provider, external_user_id, limit, cursor }) => {
    const query = present({ status, integrationId: provider, externalUserId: external_user_id, limit, cursor });
    const { links, nextCursor } = await callRoute(c, routes.listLinks, { query });
    return {
      text: markdown({
        title: "Links, newest first",
        sections: [list(links.map(summaryLine), "There are none.")],
        next: [
          links.length > 0 ? "get_link shows one with its outcome." : "create_link makes one.",
          nextCursor && `More: cursor ${nextCursor}`,
        ],
      }),
      structured: present({ links: links.map(present), nextCursor }),
    };
  },
});

const waitForLink = defineTool({
  name: "wait_for_link",
  title: "Wait for a link",
  description:
    "Waits until a link is complete, failed or expired, at most so many seconds, and returns it. Call it again while the person is still busy.",
  input: z.strictObject({ link_id: linkId, seconds: z.int().min(1).max(50).default(30).describe("1 to 50") }),
  routes: [routes.getLink],
  run: async (c, { link_id: id, seconds }) => {
    const step = await watchLink(c, id, seconds * 1000);
    return describeLink(await callRoute(c, routes.getLink, { id }), { step });
  },
});

const cancelLink = defineTool({
  name: "cancel_link",
  title: "Cancel a link",
  description: "Cancels a link that nobody needs any more, and ends its session.",
  input: z.strictObject({ link_id: linkId }),
  routes: [routes.cancelLink],
  destructive: true,
  idempotent: true,
  run: async (c, { link_id: id }) => describeLink(await callRoute(c, routes.cancelLink, { id }), {}),
});

export const linkTools = [createLink, getLink, listLinks, waitForLink, cancelLink];
