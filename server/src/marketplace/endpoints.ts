import { closedSchema } from "@passage/protocol/closed-schema";
import type { NamedSchemas } from "@passage/protocol/named-schemas";
import { plain } from "@passage/protocol/named-schemas";
import { idSources } from "@passage/protocol/openapi";
import { errorsOf, isStrict, type Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import * as z from "zod";

/** Every row of the table of routes, with the schemas of what it takes and returns. */
export function endpoints(schemas: NamedSchemas): object[] {
  return Object.entries<Route>(routes).map(([name, route]) => endpoint(name, route, schemas));
}

function endpoint(name: string, route: Route, schemas: NamedSchemas): object {
  const { method, path, access, summary, id, query, body, examples, answer, status = 200 } = route;
  return {
    name,
    method,
    path: path.replace(/:(\w+)/g, "{$1}"),
    access,
    summary,
    ...(id && { pathParameters: { id: idSources[id] } }),
    ...(query && {
      query: plain(isStrict(route) ? { ...closedSchema(query) } : z.toJSONSchema(query, { io: "input" })),
    }),
    ...(body && { request: schemas.reference(body), ...(examples && { examples }) }),
    response: answer instanceof z.ZodType ? { status, schema: schemas.reference(answer) } : withoutJson(answer, status),
    errors: errorsOf(route),
  };
}

const contentTypes = {
  markdown: "text/markdown",
  page: "text/html",
  rpc: "application/json",
  script: "text/javascript",
  text: "text/plain",
};

function withoutJson(answer: Exclude<Route["answer"], z.ZodType>, status: number): object {
  if (answer === "nothing") return { status: 204 };
  if (answer === "socket") return { status: 101, upgrade: "websocket" };
  return { status, contentType: contentTypes[answer] };
}
