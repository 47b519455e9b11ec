import * as z from "zod";
import { errorCodes } from "./errors.ts";
import { errorBody } from "./http/problem.ts";
import { handlePrefixes } from "./ids.ts";
import { NamedSchemas, plain } from "./named-schemas.ts";
import { errorsOf, type Route } from "./routes/route.ts";
import { routes } from "./routes/table.ts";

type Json = Record<string, unknown>;

const schemas = new NamedSchemas("#/components/schemas");

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
      schemas: schemas.all(),
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
        content: { "application/json": { schema: schemas.reference(body), examples: examplesOf(route) } },
      },
    }),
    responses: {
      ...(answer instanceof z.ZodType
        ? { [status]: { description: "Done", content: { "application/json": { schema: schemas.reference(answer) } } } }
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
export const idSources: Readonly<Record<NonNullable<Route["id"]>, string>> = {
  ...(Object.fromEntries(
    Object.entries(handlePrefixes).map(([kind, prefix]) => [kind, `Begins with \`${prefix}\`.`]),
  ) as Record<keyof typeof handlePrefixes, string>),
  link: "The `linkId` of POST /v1/links.",
  session: "The `sessionId` of POST /v1/sessions or POST /link/claim.",
  document: "A file's name, as /llms.txt lists it.",
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
        content: { "application/json": { schema: schemas.reference(errorBody) } },
      },
    ]),
  );
}
