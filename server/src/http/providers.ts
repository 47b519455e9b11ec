import type { Operation } from "@passage/automation/operation";
import { closedSchema } from "@passage/protocol/closed-schema";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import * as z from "zod";
import { providers as catalog, findProvider } from "../catalog.ts";
import { summed, toHealth } from "../organization/attempts/operation-counts.ts";
import { attemptsOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { problem } from "./problem.ts";
import { serve } from "./serve.ts";
import { shardTags } from "./tenant.ts";

/** `/v1/providers`: what a link may name, with the JSON Schemas of arguments and results; and how it fares. */
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

serve(providers, routes.getProviderHealth, async ({ c, caller, id }) => {
  const provider = findProvider(id);
  if (!provider) throw problem("not_found", "Provider not found. GET /v1/providers lists them.");
  const { version } = provider;
  const tags = await shardTags(c.env, caller);
  const counts = await Promise.all(tags.map((tag) => attemptsOf(c.env, tag).health(id)));
  const counted = summed(counts.flat()).map(toHealth);
  const current = provider.operations.map(({ resource, action }) => {
    const own = counted.find((one) => one.version === version && one.resource === resource && one.action === action);
    return own ?? { resource, action, version, ...noRuns };
  });
  return { id, version, operations: [...current, ...counted.filter((one) => one.version !== version)] };
});

const noRuns = {
  runs: 0,
  success: 0,
  userGaveUp: 0,
  siteChanged: 0,
  schemaDrift: 0,
  otherFailures: 0,
  latency: null,
  lastRunAt: null,
};

function describe({ description, arguments: given, result, manifest }: Operation) {
  return {
    description,
    arguments: given && { ...closedSchema(given) },
    result: z.toJSONSchema(result) as Record<string, unknown>,
    evidence: manifest.evidence,
  };
}
