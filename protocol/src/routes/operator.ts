import { auditLog, auditLogQuery } from "../http/audit-log.ts";
import { deleted } from "../http/fields.ts";
import { createdKey } from "../http/key.ts";
import {
  createOrganizationRequest,
  keyCounts,
  listOrganizationsQuery,
  operatorKeyRequest,
  organization,
  organizationList,
} from "../http/organization.ts";
import type { Route } from "./route.ts";

export const operatorRoutes = {
  createOrganization: {
    method: "POST",
    path: "/operator/organizations",
    access: "operator",
    summary: "Create an organization, or change the name and retention of the one with this id.",
    body: createOrganizationRequest,
    examples: { "A tenant": { id: "acme", name: "Acme", retentionDays: 30 } },
    answer: organization,
  },
  listOrganizations: {
    method: "GET",
    path: "/operator/organizations",
    access: "operator",
    summary: "List organizations, by id.",
    query: listOrganizationsQuery,
    answer: organizationList,
  },
  deleteOrganization: {
    method: "DELETE",
    path: "/operator/organizations/:id",
    access: "operator",
    summary: "Delete an organization with everything that it has, in both modes.",
    id: "name",
    answer: deleted,
  },
  createOperatorKey: {
    method: "POST",
    path: "/operator/keys",
    access: "operator",
    summary: "Create an API key of an organization, and the organization when there is none of this id.",
    body: operatorKeyRequest,
    examples: {
      "A test key": { mode: "test", name: "Laptop" },
      "A tenant's first key": { mode: "live", organization: "acme", organizationName: "Acme", name: "Backend" },
    },
    status: 201,
    answer: createdKey,
  },
  countKeys: {
    method: "GET",
    path: "/operator/keys/count",
    access: "operator",
    summary: "How many keys of the default organization are in use, by mode.",
    answer: keyCounts,
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    access: "operator",
    summary: "Numbers about the server, in Prometheus' text format.",
    answer: "text",
  },
  readOperatorLog: {
    method: "GET",
    path: "/operator/audit_log",
    access: "operator",
    summary: "Read what operators did to organizations, newest first.",
    query: auditLogQuery,
    answer: auditLog,
  },
} as const satisfies Record<string, Route>;
