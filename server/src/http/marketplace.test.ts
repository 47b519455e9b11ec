import { readFileSync } from "node:fs";
import { errorCodes } from "@passage/protocol/errors";
import { subscribableEventTypes } from "@passage/protocol/events";
import { routes } from "@passage/protocol/routes/table";
import { providers } from "@passage/providers/catalog";
import { expect, test } from "vitest";
import { request } from "../../../test/harness/api.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

interface Catalog {
  baseUrl: string;
  endpoints: { name: string; request?: object; response: { schema?: object } }[];
  providers: { id: string; resources: { operations: Record<string, { type: string; reads: object }> }[] }[];
  webhooks: { events: { type: string; schema: object }[] };
  errors: { codes: { code: string; remedy: string }[] };
  schemas: Record<string, object>;
}

async function read() {
  const { body } = await request<{ catalog: Catalog }>(passage, "GET", "/marketplace.json", undefined, { key: null });
  return body;
}

test("/marketplace.json has every route, provider, operation, event and code, under the instance's own address", async () => {
  const { catalog } = await read();
  expect(catalog.baseUrl).toBe(passage.url);
  expect(catalog.endpoints.map(({ name }) => name)).toEqual(Object.keys(routes));
  const operations = catalog.providers.flatMap(({ id, resources }) =>
    resources.flatMap((one) => Object.values(one.operations).map(({ type }) => `${id} ${type}`)),
  );
  const offered = providers.flatMap(({ id, operations: own }) =>
    own.map(({ resource, action }) => `${id} ${resource}:${action}`),
  );
  expect(operations.toSorted()).toEqual(offered.toSorted());
  expect(catalog.webhooks.events.map(({ type }) => type)).toEqual([...subscribableEventTypes, "webhook_endpoint.test"]);
  expect(catalog.errors.codes.map(({ code }) => code)).toEqual(Object.keys(errorCodes));
});

test("every reference in it leads to a schema in it", async () => {
  const { catalog } = await read();
  const ids = [...JSON.stringify(catalog).matchAll(/"\$ref":"(#[^"]+)"/g)].map(([, pointer]) => pointer as string);
  const named = ids.filter((pointer) => pointer.startsWith("#/catalog/"));
  expect(named.length).toBeGreaterThan(20);
  for (const pointer of named) expect(catalog.schemas).toHaveProperty(pointer.split("/").at(-1) as string);
});

test("it is the file of the repository, but for the address", async () => {
  const committed = readFileSync(".claude-plugin/marketplace.json", "utf8").replaceAll(
    "http://localhost:8787",
    passage.url,
  );
  expect(await read()).toEqual(JSON.parse(committed));
});
