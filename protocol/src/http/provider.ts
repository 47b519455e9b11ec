import * as z from "zod";
import { operationName, time } from "./fields.ts";

const jsonSchema = z.record(z.string(), z.unknown());
export const providerList = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      resources: z.array(
        z.object({
          name: z.string(),
          operations: z.record(
            z.string(),
            z.object({
              description: z.string(),
              arguments: jsonSchema.nullable(),
              result: jsonSchema.nullable(),
              evidence: z.enum(["live", "documented", "synthetic"]),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type ProviderList = z.infer<typeof providerList>;

const count = z.number().int();

/** How one operation fared in one version of its provider, since the first run in this organization and mode. */
export const operationHealth = operationName.extend({
  version: z.number().int(),
  runs: count,
  success: count,
  userGaveUp: count.describe("The person ended it."),
  siteChanged: count.describe("The site was not as the provider knows it."),
  schemaDrift: count.describe("What the site answered had another shape."),
  otherFailures: count.describe("Other reasons: wrong credentials, a site that is down, a lost device …"),
  latency: z
    .object({ medianMs: count, p95Ms: count })
    .nullable()
    .describe(
      "From claim to result, the sign-in included; estimated, over successes of links with this operation alone.",
    ),
  lastRunAt: time.nullable(),
});
export type OperationHealth = z.infer<typeof operationHealth>;

/** The answer of `GET /v1/providers/:id/health`: every operation of the current version, then what earlier versions counted. */
export const providerHealth = z.object({
  id: z.string(),
  version: z.number().int().describe("The current one."),
  operations: z.array(operationHealth),
});
export type ProviderHealth = z.infer<typeof providerHealth>;
