import type { ProviderList } from "@passage/protocol/http";
import { providers as catalog } from "@passage/providers/catalog";
import type { Operation } from "@passage/providers/define";
import { Hono } from "hono";
import * as z from "zod";
import { requireApiKey } from "./api-key.ts";
import type { PassageContext } from "./context.ts";

/** `GET /v1/providers`: what a link may name, with the JSON Schemas of arguments and results. */
export const providers = new Hono<PassageContext>().use(requireApiKey);

providers.get("/", (c) => {
  const list: ProviderList = {
    providers: catalog.map(({ id, name, operations }) => ({
      id,
      name,
      resources: [...Map.groupBy(operations, (operation) => operation.resource)].map(([resource, itsOperations]) => ({
        name: resource,
        operations: Object.fromEntries(itsOperations.map((operation) => [operation.action, describe(operation)])),
      })),
    })),
  };
  return c.json(list);
});

function describe({ description, arguments: given, result, manifest }: Operation) {
  return {
    description,
    arguments: given && (z.toJSONSchema(given, { io: "input" }) as Record<string, unknown>),
    result: z.toJSONSchema(result) as Record<string, unknown>,
    evidence: manifest.evidence,
  };
}
