import type { Route } from "./route.ts";

export const agentRoutes = {
  mcp: {
    method: "POST",
    path: "/mcp",
    access: "any key",
    summary: "The Model Context Protocol: this API as tools for agents, those that the key's scopes allow.",
    answer: "rpc",
    errors: ["foreign_origin"],
  },
} as const satisfies Record<string, Route>;
