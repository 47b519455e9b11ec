import type { CreatedKey } from "@passage/protocol/http/key";
import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import type { CreatedEndpoint, SigningKeyList, TestedEndpoint } from "@passage/protocol/webhooks";
import { describe, expect, test } from "vitest";
import { createLink, request } from "../../../test/harness/api.ts";
import { asOperator } from "../../../test/harness/operator.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { createEndpoint } from "../../../test/harness/webhooks.ts";

const passage = usePassage();
type Operation = { requestBody?: { content: { "application/json": { examples: Record<string, { value: object }> } } } };
const writes = Object.entries<Route>(routes).filter(
  ([, { method, answer }]) => (method === "POST" || method === "PATCH") && answer !== "rpc",
);

/** Makes what the id in a route's path names, fresh for each request. */
const makers: Record<string, () => Promise<string>> = {
  link: async () => (await createLink(passage)).linkId,
  apiKey: async () => (await request<CreatedKey>(passage, "POST", "/v1/keys", {})).body.id,
  webhookEndpoint: async () => (await endpoint()).id,
  event: async () => {
    const { id } = await endpoint();
    return (await request<TestedEndpoint>(passage, "POST", `/v1/webhook_endpoints/${id}/test`)).body.eventId;
  },
};
const endpoint = (): Promise<CreatedEndpoint> => createEndpoint(passage, { url: "https://hooks.example.com/in" });

/** The fields of a body that name something: what is there in place of `clm_…`. */
async function filled(example: object): Promise<object> {
  if ("code" in example) return { ...example, code: (await createLink(passage)).claimCode };
  if (!("key_id" in example)) return example;
  const { keys } = (await request<SigningKeyList>(passage, "GET", "/v1/webhook_keys")).body;
  return { ...example, key_id: keys[0]?.keyId };
}

async function send(route: Route, body: object | undefined) {
  const id = route.path.includes(":id") ? await makers[route.id ?? ""]?.() : "";
  const path = route.path.replace(":id", id ?? "no maker");
  if (route.access === "operator") return asOperator(passage, route.method, path, body);
  return request(passage, route.method, path, body, route.access === "public" ? { key: null } : {});
}

test("[N9] every body has examples in /openapi.json, and none is a placeholder", async () => {
  const { body } = await request<{ paths: Record<string, Record<string, Operation>> }>(passage, "GET", "/openapi.json");
  for (const [name, route] of writes) {
    const operation = body.paths[route.path.replace(":id", "{id}")]?.[route.method.toLowerCase()];
    const examples = operation?.requestBody?.content["application/json"].examples ?? {};
    const values = Object.values(examples).map(({ value }) => value);
    expect(values, name).toEqual(Object.values(route.examples ?? {}));
    expect(values.length > 0, name).toBe(route.body !== undefined);
    expect(JSON.stringify(values), name).not.toContain('"string"');
  }
});

describe.each(writes)("[N9] %s", (_name, route) => {
  const bodies = route.body ? Object.entries(route.examples ?? {}) : [["without a body", undefined]];
  test.each(bodies as [string, object | undefined][])(
    "works in the sandbox as it stands: %s",
    async (_what, example) => {
      const answer = await send(route, example && (await filled(example)));
      expect(answer.body ?? {}).not.toHaveProperty("issues");
      expect(answer.status).toBe(route.status ?? 200);
    },
  );
});
