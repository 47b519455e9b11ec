import * as z from "zod";
import { claimed, claimQuery, claimRequest, linkDetails } from "../http/claim.ts";
import { publisherKeys, publishersPath } from "../http/publishers.ts";
import type { Route } from "./route.ts";

export const publicRoutes = {
  claimLink: {
    method: "POST",
    path: "/link/claim",
    access: "public",
    summary: "Claim a link with its code: a new session for this device.",
    body: claimRequest,
    examples: { "The claimCode of a link": { code: "clm_…" } },
    answer: claimed,
    errors: ["not_found", "claim_in_progress", "link_already_used", "link_expired", "session_unavailable"],
  },
  linkDetails: {
    method: "GET",
    path: "/link/details",
    access: "public",
    summary: "What a claim page may show to whoever holds the code.",
    query: claimQuery,
    answer: linkDetails,
    errors: ["not_found"],
  },
  linkSocket: {
    method: "GET",
    path: "/link/ws",
    access: "public",
    summary: "A WebSocket of the link's status, by its claim code.",
    query: claimQuery,
    answer: "socket",
    errors: ["not_found", "upgrade_required"],
  },
  getPublishers: {
    method: "GET",
    path: publishersPath,
    access: "public",
    summary: "The public keys of those who sign what sessions may do, as a JWK set.",
    answer: publisherKeys,
  },
  health: {
    method: "GET",
    path: "/healthz",
    access: "public",
    summary: "Whether the server answers.",
    answer: z.object({ status: z.literal("ok") }),
  },
  openApi: {
    method: "GET",
    path: "/openapi.json",
    access: "public",
    summary: "This description.",
    answer: z.record(z.string(), z.unknown()),
  },
  marketplace: {
    method: "GET",
    path: "/marketplace.json",
    access: "public",
    summary:
      "All that this server offers, for programs: a marketplace of Claude Code with the API and the providers in it.",
    answer: z.record(z.string(), z.unknown()),
  },
  claimPage: {
    method: "GET",
    path: "/claim",
    access: "public",
    summary: "The claim page, for a person.",
    answer: "page",
  },
  home: {
    method: "GET",
    path: "/",
    access: "public",
    summary: "Leads whoever opens the server's address to its description.",
    answer: "page",
  },
  reference: {
    method: "GET",
    path: "/reference",
    access: "public",
    summary: "This description, for people.",
    answer: "page",
  },
  referenceScript: {
    method: "GET",
    path: "/reference/:id",
    access: "public",
    summary: "The files of the reference page.",
    id: "code",
    answer: "script",
  },
  errorPages: {
    method: "GET",
    path: "/docs/errors",
    access: "public",
    summary: "All error codes.",
    answer: "page",
  },
  errorPage: {
    method: "GET",
    path: "/docs/errors/:id",
    access: "public",
    summary: "One error code: its cause, and what to do.",
    id: "code",
    answer: "page",
  },
} as const satisfies Record<string, Route>;
