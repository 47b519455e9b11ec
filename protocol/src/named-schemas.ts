import * as z from "zod";
import { close } from "./closed-schema.ts";
import * as auditLog from "./http/audit-log.ts";
import * as claim from "./http/claim.ts";
import * as key from "./http/key.ts";
import * as link from "./http/link.ts";
import * as organization from "./http/organization.ts";
import { errorBody } from "./http/problem.ts";
import * as provider from "./http/provider.ts";
import * as publishers from "./http/publishers.ts";
import * as sandbox from "./http/sandbox.ts";
import * as session from "./http/session.ts";
import * as webhookKey from "./http/webhook-key.ts";
import { isStrict, type Route } from "./routes/route.ts";
import { routes } from "./routes/table.ts";
import { sessionTrace } from "./trace.ts";
import * as webhooks from "./webhooks.ts";

type Json = Record<string, unknown>;

/** Every schema that gets a name in a document is exported by one of these; its name is the export's. */
const resources = {
  ...auditLog,
  ...claim,
  ...key,
  ...link,
  ...organization,
  ...provider,
  ...publishers,
  ...sandbox,
  ...session,
  ...webhookKey,
  ...webhooks,
};
const strictBodies = new Set(Object.values<Route>(routes).flatMap((route) => (isStrict(route) ? [route.body] : [])));
const strictRequests = z.registry<{ id: string }>();
const tolerantRequests = z.registry<{ id: string }>();
const answers = z.registry<{ id: string }>();
for (const [name, value] of Object.entries({ ...resources, errorBody, sessionTrace }))
  if (value instanceof z.ZodType) {
    const requests = strictBodies.has(value as z.ZodObject) ? strictRequests : tolerantRequests;
    const registry = /Request$/.test(name) ? requests : answers;
    if (!/Query$/.test(name)) registry.add(value, { id: name[0]?.toUpperCase() + name.slice(1) });
  }

/** The schemas of the HTTP API as parts of one JSON document that has them, by name, under the JSON pointer `place`. */
export class NamedSchemas {
  readonly #place: string;

  /** @param place for example `#/components/schemas` */
  constructor(place: string) {
    this.#place = place;
  }

  /** All that have a name. */
  all(): Json {
    return {
      ...this.#of(strictRequests, "input", close),
      ...this.#of(tolerantRequests, "input", open),
      ...this.#of(answers, "output", open),
    };
  }

  /** A reference to a schema that has a name, or else the schema itself. */
  reference(schema: z.ZodType): Json {
    const id = [strictRequests, tolerantRequests, answers].flatMap((one) => one.get(schema)?.id ?? [])[0];
    return id ? { $ref: `${this.#place}/${id}` } : plain(z.toJSONSchema(schema));
  }

  #of(registry: typeof answers, io: "input" | "output", override: typeof close): Json {
    const uri = (id: string) => `${this.#place}/${id}`;
    const { schemas } = z.toJSONSchema(registry, { io, uri, override });
    return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]));
  }
}

/** A reader must ignore fields that are added later, so the schema does not exclude others. */
export function open({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

/** What a schema says of itself as a file of its own has no place inside a document. */
export function plain({ $schema: _dialect, $id: _address, ...schema }: Json): Json {
  return schema;
}
