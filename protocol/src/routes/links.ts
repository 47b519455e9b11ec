import { deleted, pageQuery } from "../http/fields.ts";
import {
  attemptList,
  createdLink,
  createLinkRequest,
  getLinkQuery,
  link,
  linkList,
  listLinksQuery,
} from "../http/link.ts";
import { providerHealth, providerList } from "../http/provider.ts";
import type { Route } from "./route.ts";

export const linkRoutes = {
  createLink: {
    method: "POST",
    path: "/v1/links",
    access: "links:write",
    summary: "Create a link. Only a record is made; a session begins when the link is claimed.",
    body: createLinkRequest,
    examples: {
      "One login, several operations": {
        integrationId: "tmobile",
        operations: [
          { resource: "mobileBillingStatement", action: "read", arguments: { limit: 3 } },
          { resource: "paymentMethod", action: "read" },
        ],
        externalUserId: "user-1",
      },
      "The single form": {
        integrationId: "ubereats",
        resource: "orderHistory",
        action: "read",
        arguments: { limit: 5 },
      },
      "With a webhook and a return address": {
        integrationId: "verizon",
        operations: [{ resource: "mobileBillingStatement", action: "read" }],
        webhookUrl: "https://example.com/webhooks/passage",
        returnUrl: "https://example.com/done",
        externalUserId: "user-1",
        metadata: { cart: 42 },
        expiresIn: 3600,
      },
    },
    status: 201,
    answer: createdLink,
  },
  listLinks: {
    method: "GET",
    path: "/v1/links",
    access: "links:read",
    summary: "List links, newest first.",
    query: listLinksQuery,
    answer: linkList,
  },
  getLink: {
    method: "GET",
    path: "/v1/links/:id",
    access: "links:read",
    summary: "Read a link with its result or error.",
    id: "link",
    query: getLinkQuery,
    answer: link,
  },
  listAttempts: {
    method: "GET",
    path: "/v1/links/:id/attempts",
    access: "links:read",
    summary: "List the claims of a link, newest first. Where results are long, a page ends before its limit.",
    id: "link",
    query: pageQuery,
    answer: attemptList,
  },
  cancelLink: {
    method: "POST",
    path: "/v1/links/:id/cancel",
    access: "links:write",
    summary: "Cancel a link: it becomes expired, and an attempt that is under way ends.",
    id: "link",
    answer: link,
    errors: ["link_already_used"],
  },
  deleteLink: {
    method: "DELETE",
    path: "/v1/links/:id",
    access: "links:write",
    summary: "Delete a link with its result, attempts and events. An attempt that is under way ends.",
    id: "link",
    answer: deleted,
  },
  listProviders: {
    method: "GET",
    path: "/v1/providers",
    access: "any key",
    summary: "List what a link may name, with the JSON Schemas of arguments and results.",
    answer: providerList,
  },
  getProviderHealth: {
    method: "GET",
    path: "/v1/providers/:id/health",
    access: "links:read",
    summary:
      "Read how a provider's operations fare in your links, by version: what they ended in, and how long they took.",
    id: "provider",
    answer: providerHealth,
  },
} as const satisfies Record<string, Route>;
