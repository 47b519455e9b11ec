import { auditLog, auditLogQuery } from "../http/audit-log.ts";
import { createdKey, createKeyRequest, key, keyList, listKeysQuery, rotateKeyRequest } from "../http/key.ts";
import type { Route } from "./route.ts";

export const keyRoutes = {
  createKey: {
    method: "POST",
    path: "/v1/keys",
    access: "keys:write",
    summary: "Create an API key of the same organization and mode. It is shown once.",
    body: createKeyRequest,
    examples: {
      "For a backend": { name: "Backend", scopes: ["links:*", "events:read"] },
      "For an hour": { name: "Demo", expiresIn: 3600 },
    },
    status: 201,
    answer: createdKey,
  },
  listKeys: {
    method: "GET",
    path: "/v1/keys",
    access: "keys:read",
    summary: "List API keys, newest first.",
    query: listKeysQuery,
    answer: keyList,
  },
  rotateKey: {
    method: "POST",
    path: "/v1/keys/:id/rotate",
    access: "keys:write",
    summary: "Make the key's successor; the key itself works on for the overlap.",
    id: "apiKey",
    body: rotateKeyRequest,
    examples: { "The old key works for an hour": { overlap: 3600 } },
    status: 201,
    answer: createdKey,
    errors: ["key_not_active"],
  },
  revokeKey: {
    method: "DELETE",
    path: "/v1/keys/:id",
    access: "keys:write",
    summary:
      "Revoke an API key. It is refused at once where the request is handled, and within five seconds everywhere else.",
    id: "apiKey",
    answer: key,
  },
  readAuditLog: {
    method: "GET",
    path: "/v1/audit_log",
    access: "audit:read",
    summary: "Read who changed what, newest first.",
    query: auditLogQuery,
    answer: auditLog,
  },
} as const satisfies Record<string, Route>;
