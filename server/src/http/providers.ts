import { routes } from "@passage/protocol/routes/table";
import { providers as catalog } from "@passage/providers/catalog";
import type { Operation } from "@passage/providers/define";
import { Hono } from "hono";
import * as z from "zod";
import type { PassageContext } from "./context.ts";
import { serve } from "./serve.ts";

/** `GET /v1/providers`: what a link may name, with the JSON Schemas of arguments and results. */
export const providers = new Hono<PassageContext>();

serve(providers, routes.listProviders, () => ({
  providers: catalog.map(({ id, name, operations }) => ({
    id,
    name,
    resources: [...Map.groupBy(operations, (operation) => operation.resource)].map(([resource, itsOperations]) => ({
      name: resource,
      operations: Object.fromEntries(itsOperations.map((operation) => [operation.action, describe(operation)])),
    })),
  })),
}));

function describe({ description, arguments: given, result, manifest }: Operation) {
  return {
    description,
    arguments: given && (z.toJSONSchema(given, { io: "input" }) as Record<string, unknown>),
    result: z.toJSONSchema(result) as Record<string, unknown>,
    evidence: manifest.evidence,
  };
}
