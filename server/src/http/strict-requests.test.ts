import { closedSchema, type JsonSchema } from "@passage/protocol/closed-schema";
import { isStrict, type Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import { providers } from "@passage/providers/catalog";
import { describe, expect, test } from "vitest";
import { billRead, claim, createLink, request } from "../../../test/harness/api.ts";
import { asOperator } from "../../../test/harness/operator.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
interface Refusal {
  code: string;
  issues?: { path: string; message: string }[];
}
const rows = Object.entries<Route>(routes);
const strictRows = rows.filter(([, route]) => isStrict(route));

/** An object of a schema that takes certain fields only: where it is, and one of them. */
interface Place {
  readonly path: readonly (string | number)[];
  readonly field: string | null;
}

function placesOf(schema: JsonSchema, path: Place["path"] = []): Place[] {
  const { properties, items, anyOf = [] } = schema as { properties?: object; items?: JsonSchema; anyOf?: JsonSchema[] };
  const own = schema.additionalProperties === false ? [{ path, field: Object.keys(properties ?? {})[0] ?? null }] : [];
  return [
    ...own,
    ...Object.entries(properties ?? {}).flatMap(([name, inner]) => placesOf(inner, [...path, name])),
    ...(items ? placesOf(items, [...path, 0]) : []),
    ...anyOf.flatMap((one) => placesOf(one, path)),
  ];
}

/** A value that has one mistyped field, at this place. */
function mistyped({ path, field }: Place): unknown {
  return path.reduceRight<unknown>((value, step) => (typeof step === "number" ? [value] : { [step]: value }), {
    [`${field ?? "stray"}x`]: 1,
  });
}

function expectRefusal({ status, body }: { status: number; body: Refusal }, { path, field }: Place, at = "") {
  const where = [...(at ? [at] : []), ...path, `${field ?? "stray"}x`].join(".");
  expect({ status, code: body.code }).toEqual({ status: 400, code: "validation_failed" });
  const issue = body.issues?.find((one) => one.path === where);
  expect(issue?.message, where).toContain(field ? `did you mean \`${field}\`?` : "takes none");
}

const send = (route: Route, body: unknown, query = "") => {
  const path = route.path.replace(":id", "x") + query;
  return route.access === "operator"
    ? asOperator<Refusal>(passage, route.method, path, body)
    : request<Refusal>(passage, route.method, path, body);
};

const bodies = strictRows.flatMap(([name, route]) =>
  route.body
    ? placesOf(closedSchema(route.body)).map((place) => ({ name, route, place, at: place.path.join(".") }))
    : [],
);

test.each(bodies)("[N1] $name refuses a mistyped field of its body, at “$at”", async ({ route, place }) => {
  expectRefusal(await send(route, mistyped(place)), place);
});

test("[N1] every body under /v1 and /operator is looked at", () => {
  const withBody = rows.filter(([, { body, access }]) => body && access !== "public").map(([name]) => name);
  expect([...new Set(bodies.map(({ name }) => name))].toSorted()).toEqual(withBody.toSorted());
});

test.each(strictRows)("[N1] %s refuses a mistyped query parameter", async (_name, route) => {
  const field = Object.keys(route.query?.shape ?? {})[0] ?? null;
  expectRefusal(await send(route, route.body ? {} : undefined, `?${field ?? "stray"}x=1`), { path: [], field });
});

const catalog = providers.flatMap(({ id, operations }) =>
  operations.map((operation) => ({ id, operation, name: `${id} ${operation.resource}:${operation.action}` })),
);

describe.each(catalog)("$name", ({ id, operation: { resource, action, arguments: given } }) => {
  const places: Place[] = given ? placesOf(closedSchema(given)) : [{ path: [], field: null }];
  test.each(places)("[N1] refuses a mistyped argument, at “$path”", async (place) => {
    const several = { integrationId: id, operations: [{ resource, action, arguments: mistyped(place) }] };
    const one = { integrationId: id, resource, action, arguments: mistyped(place) };
    for (const [body, at] of [
      [several, "operations.0.arguments"],
      [one, "arguments"],
    ] as const) {
      const answer = await request<Refusal>(passage, "POST", "/v1/links", body);
      if (given) expectRefusal(answer, place, at);
      else expect(answer.body.issues).toEqual([{ path: at, message: "this operation takes none" }]);
    }
  });
});

test("[N1] what a test link is completed with has the operation's fields only", async () => {
  const { linkId } = await createLink(passage);
  const { body } = await request<Refusal>(passage, "POST", `/v1/sandbox/links/${linkId}/complete`, {
    result: { biling: {} },
  });
  expect(body.issues).toContainEqual({
    path: "result.biling",
    message: expect.stringContaining("did you mean `billing`?"),
  });
});

test.each([
  ["webhookURL", "webhookUrl"],
  ["webhook_url", "webhookUrl"],
  ["external_user_id", "externalUserId"],
  ["integration", "integrationId"],
  ["operation", "operations"],
])("[N1] %s means %s", async (given, meant) => {
  const { body } = await request<Refusal>(passage, "POST", "/v1/links", { ...billRead, [given]: "x" });
  expect(body.issues).toContainEqual({ path: given, message: `is not a field here; did you mean \`${meant}\`?` });
});

test("[N1] a name that is like none gets the list of those there are; __proto__ is a name as any other", async () => {
  const text = `{"integrationId":"tmobile","resource":"mobileBillingStatement","action":"read","__proto__":{},"callback":1}`;
  const { status, body } = await request<Refusal>(passage, "POST", "/v1/links", text);
  expect(status).toBe(400);
  expect(body.issues?.map(({ path }) => path)).toEqual(["__proto__", "callback"]);
  expect(body.issues?.[1]?.message).toContain("it takes `integrationId`, `webhookUrl`,");
});

test("[N1] metadata is the developer's own, at any depth", async () => {
  const { status } = await request(passage, "POST", "/v1/links", {
    ...billRead,
    metadata: { a: { webhookURL: [{ b: 1 }] } },
  });
  expect(status).toBe(201);
});

test("[N1] the public routes ignore what they do not know: other people's SDKs call them", async () => {
  const { claimCode } = await createLink(passage);
  const ask = (method: string, path: string, body?: unknown) => request(passage, method, path, body, { key: null });
  expect((await ask("GET", `/link/details?code=${claimCode}&utm_source=x`)).status).toBe(200);
  expect((await ask("GET", `/claim?code=${claimCode}&fbclid=1`)).status).toBe(200);
  expect((await ask("POST", "/link/claim?v=2", `\ufeff{"code":"${claimCode}","sdkVersion":"9"}`)).status).toBe(200);
  expect((await claim(passage, (await createLink(passage)).claimCode)).sessionId).toMatch(/^sess_/);
  const key = await request(
    passage,
    "POST",
    "/webhook_verification_key/get",
    { key_id: "wk_x", sdk: 1 },
    { key: null },
  );
  expect(key).toMatchObject({ status: 404, body: { code: "not_found" } });
});

test("[N1] OpenAPI says additionalProperties: false exactly where it is so", async () => {
  const { body } = await request<{ components: { schemas: Record<string, JsonSchema> } }>(
    passage,
    "GET",
    "/openapi.json",
  );
  const { schemas } = body.components;
  for (const [name, route] of rows) {
    if (!route.body) continue;
    const id = JSON.stringify(
      (body as unknown as { paths: Record<string, Record<string, object>> }).paths[route.path.replace(":id", "{id}")]?.[
        route.method.toLowerCase()
      ],
    ).match(/"requestBody".*?schemas\/(\w+)"/)?.[1];
    const places = placesOf(schemas[id ?? ""] ?? {});
    const expected = isStrict(route) ? placesOf(closedSchema(route.body)).length : 0;
    expect(places.length, name).toBe(expected);
  }
  for (const [id, schema] of Object.entries(schemas))
    if (!id.endsWith("Request")) expect(JSON.stringify(schema), id).not.toContain('"additionalProperties":false');
});

test("[N1] the catalog's schemas of arguments say additionalProperties: false", async () => {
  const { body } = await request<{
    providers: { resources: { operations: Record<string, { arguments: JsonSchema | null }> }[] }[];
  }>(passage, "GET", "/v1/providers");
  const given = body.providers
    .flatMap(({ resources }) => resources.flatMap(({ operations }) => Object.values(operations)))
    .map((operation) => operation.arguments)
    .filter((one) => one !== null);
  expect(given.length).toBe(catalog.filter(({ operation }) => operation.arguments).length);
  for (const one of given) expect(one.additionalProperties).toBe(false);
});
