import * as z from "zod";
import { operationName, time } from "./fields.ts";

const jsonSchema = z.record(z.string(), z.unknown());
const providedOperation = z.object({
  description: z.string(),
  arguments: jsonSchema.nullable().describe("JSON Schema; null where it takes none."),
  result: jsonSchema.nullable().describe("JSON Schema."),
  evidence: z
    .enum(["live", "documented", "synthetic"])
    .describe("What it was checked against: the live site, its public documentation, or nothing but the sandbox."),
});
export const provider = z
  .object({
    id: z.string(),
    name: z.string(),
    resources: z.array(
      z.object({
        name: z.string(),
        operations: z.record(z.string(), providedOperation).describe("By action: `read`, `write`."),
      }),
    ),
  })
  .describe("What a link may name: a service, what it has, and what can be done with that.");
export const providerList = z.object({ providers: z.array(provider) }).describe("The catalog of this server.");
export type ProviderList = z.infer<typeof providerList>;

const count = z.number().int();

export const operationHealth = operationName
  .extend({
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
        "From claim to result, the sign-in included; estimated, over successes of links with this operation alone. Null before the first success.",
      ),
    lastRunAt: time.nullable(),
  })
  .describe(
    "How one operation fared in one version of its provider, since the first run in this organization and mode.",
  );
export type OperationHealth = z.infer<typeof operationHealth>;

export const providerHealth = z
  .object({
    id: z.string(),
    version: z.number().int().describe("The current one."),
    operations: z.array(operationHealth),
  })
  .describe("Every operation of the provider's current version, then what earlier versions counted.");
export type ProviderHealth = z.infer<typeof providerHealth>;
