import * as z from "zod";
import { close } from "./closed-schema.ts";
import { errorCodes } from "./errors.ts";
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
import { handlePrefixes } from "./ids.ts";
import { errorsOf, isStrict, type Route } from "./routes/route.ts";
import { routes } from "./routes/table.ts";
import { sessionTrace } from "./trace.ts";
import * as webhooks from "./webhooks.ts";

type Json = Record<string, unknown>;

/** Every schema that gets a name in the document is exported by one of these; its name is the export's. */
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

/** The HTTP API as an OpenAPI 3.1 document, from the table of routes. `origin` is where the server is reached. */
export function openApi(origin: string): Json {
  const paths: Record<string, Json> = {};
  for (const [operationId, route] of Object.entries<Route>(routes)) {
    if (typeof route.answer === "string" && route.answer !== "nothing") continue;
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(operationId, route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Passage",
      version: "1",
      description:
        "Account linking for any online service. The login stays on the user's device. " +
        "Times are epoch milliseconds. Every POST under /v1 takes an Idempotency-Key. Under /v1 and /operator, a field of the " +
        "body or a query parameter that is not described here is refused with 400.",
    },
    servers: [{ url: origin }],
    paths,
    components: {
      schemas: {
        ...components(strictRequests, "input", close),
        ...components(tolerantRequests, "input", open),
        ...components(answers, "output", open),
      },
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "psg_test_… or psg_live_…" },
        operator: { type: "http", scheme: "bearer", description: "The token that the server was started with: opr_…" },
      },
    },
  };
}

function operation(operationId: string, route: Route): Json {
  const { access, summary, body, answer, status = 200 } = route;
  const scope = access.includes(":") ? ` Needs the scope \`${access}\`.` : "";
  return {
    operationId,
    summary: summary.split(/[.:] /)[0],
    description: summary + scope,
    tags: [route.path.split("/")[2] ?? route.path.split("/")[1]],
    security: access === "public" ? [] : [access === "operator" ? { operator: [] } : { apiKey: [] }],
    parameters: parameters(route),
    ...(body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: reference(body), examples: examplesOf(route) } },
      },
    }),
    responses: {
      ...(answer instanceof z.ZodType
        ? { [status]: { description: "Done", content: { "application/json": { schema: reference(answer) } } } }
        : { 204: { description: "Done" } }),
      ...refusals(route),
    },
  };
}

function examplesOf({ examples = {} }: Route): Json {
  return Object.fromEntries(
    Object.entries(examples).map(([summary, value], index) => [`example${index + 1}`, { summary, value }]),
  );
}

/** Where the id in a path comes from. */
const idSources: Readonly<Record<NonNullable<Route["id"]>, string>> = {
  ...(Object.fromEntries(
    Object.entries(handlePrefixes).map(([kind, prefix]) => [kind, `Begins with \`${prefix}\`.`]),
  ) as Record<keyof typeof handlePrefixes, string>),
  link: "The `linkId` of POST /v1/links.",
  session: "The `sessionId` of POST /v1/sessions or POST /link/claim.",
  code: "A code of /docs/errors.",
  name: "The organization's `id`.",
  provider: "The `id` of a provider, as in GET /v1/providers.",
};

function parameters(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    ...(route.id && { description: idSources[route.id] }),
    schema: { type: "string" },
  }));
  const { properties = {}, required = [] } = route.query ? plain(z.toJSONSchema(route.query, { io: "input" })) : {};
  const inQuery = Object.entries(properties as Json).map(([name, schema]) => ({
    name,
    in: "query",
    required: (required as string[]).includes(name),
    schema,
  }));
  const once = route.method === "POST" && route.access !== "public" && route.access !== "operator";
  const idempotencyKey = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description: "The same key with the same body gets the same answer for 24 hours, and is done once.",
    schema: { type: "string", minLength: 1, maxLength: 255 },
  };
  return [...inPath, ...inQuery, ...(once ? [idempotencyKey] : [])];
}

/** One response a status; its codes in words. */
function refusals(route: Route): Json {
  const byStatus = Map.groupBy(errorsOf(route), (code) => errorCodes[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join("; "),
        content: { "application/json": { schema: reference(errorBody) } },
      },
    ]),
  );
}

function reference(schema: z.ZodType): Json {
  const id = [strictRequests, tolerantRequests, answers].flatMap((one) => one.get(schema)?.id ?? [])[0];
  return id ? { $ref: `#/components/schemas/${id}` } : plain(z.toJSONSchema(schema));
}

function components(registry: typeof answers, io: "input" | "output", override: typeof close): Json {
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { io, uri, override });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]));
}

/** A reader must ignore fields that are added later, so the schema does not exclude others. */
function open({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

/** What a schema says of itself as a file of its own has no place inside the document. */
function plain({ $schema: _dialect, $id: _address, ...schema }: Json): Json {
  return schema;
}
