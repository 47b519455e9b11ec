import { declarationsOf } from "@passage/automation/declarations";
import type { Operation, Provider } from "@passage/automation/operation";
import { closedSchema } from "@passage/protocol/closed-schema";
import { plain } from "@passage/protocol/named-schemas";
import * as z from "zod";

/** A provider by its resources, with the schemas of each operation and what it declares to read. */
export function describeProvider({ id, name, version, site, operations }: Provider): object {
  const resources = Map.groupBy(operations, ({ resource }) => resource);
  return {
    id,
    name,
    version,
    site,
    resources: [...resources].map(([resource, own]) => ({
      name: resource,
      operations: Object.fromEntries(own.map((operation) => [operation.action, describeOperation(operation)])),
    })),
  };
}

function describeOperation(operation: Operation): object {
  const { resource, action, description, arguments: given, result, sample, manifest } = operation;
  return {
    type: `${resource}:${action}`,
    description,
    evidence: manifest.evidence,
    arguments: given && plain({ ...closedSchema(given) }),
    result: plain(z.toJSONSchema(result) as Record<string, unknown>),
    ...(sample !== undefined && { sample }),
    origins: manifest.origins,
    signIn: manifest.signIn ?? [],
    reads: declarationsOf(operation).reads,
  };
}
