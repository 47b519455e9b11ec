import { readdirSync, readFileSync } from "node:fs";
import { errorHelp } from "@passage/protocol/error-help";
import { errorCodes } from "@passage/protocol/errors";
import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import { expect, test } from "vitest";
import { request } from "../../../test/harness/api.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
const rows = Object.entries<Route>(routes);

test.each(rows)("the server has %s", async (_name, { method, path, answer }) => {
  const given = path.replace(":id", path.startsWith("/reference") ? "reference.js" : "x");
  const { body } = await request<{ error?: string; code?: string }>(passage, method, given, undefined, { key: null });
  expect(body.error ?? "").not.toMatch(/^There is no [A-Z]+ /);
  expect(body.code).not.toBe("method_not_allowed");
  if (answer === "page" && !path.includes(":")) expect(String(body)).toContain("<!doctype html>");
});

test("the server has nothing but the table: every route is registered by its row, once", () => {
  const sources = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(`${import.meta.dirname}/${file}`, "utf8"));
  const served = sources.flatMap((text) =>
    [...text.matchAll(/\bserve\(\s*\w+,\s*routes\.(\w+)/g)].map((match) => match[1]),
  );
  expect(served.toSorted()).toEqual(rows.map(([name]) => name).toSorted());
  const direct = sources.flatMap((text) =>
    [...text.matchAll(/^\w+\.(?:get|post|put|patch|delete|all|on)\(/gm)].map(String),
  );
  expect(direct).toEqual([]);
});

test("an address that no row has is 404, another method is 405 with Allow", async () => {
  expect(await request(passage, "GET", "/v1/nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
  const wrong = await request(passage, "PUT", "/v1/links");
  expect(wrong).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
  expect(wrong.headers.get("allow")).toBe("POST, GET");
});

test("/openapi.json is OpenAPI 3.1 and has every row that speaks JSON", async () => {
  const { body } = await request<{ openapi: string; paths: Record<string, Record<string, { operationId: string }>> }>(
    passage,
    "GET",
    "/openapi.json",
  );
  expect(body.openapi).toBe("3.1.0");
  const ids = Object.values(body.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  const expected = rows
    .filter(([, { answer }]) => typeof answer !== "string" || answer === "nothing")
    .map(([name]) => name);
  expect(ids.toSorted()).toEqual(expected.toSorted());
  const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, id]) => id);
  const { components } = body as unknown as { components: { schemas: object } };
  for (const id of references) expect(components.schemas).toHaveProperty(id as string);
});

test("every code has its page, with why and what to do", async () => {
  for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
    const { status, body } = await request<string>(passage, "GET", `/docs/errors/${code}`);
    expect(status, code).toBe(200);
    const plain = body
      .replaceAll("&#39;", "'")
      .replaceAll("&quot;", '"')
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">");
    expect(plain, code).toContain(errorHelp[code].cause);
    expect(plain, code).toContain(errorHelp[code].remedy);
  }
});

test("the server's address alone leads to the reference", async () => {
  const { status, headers } = await fetch(`${passage.url}/`, { redirect: "manual" });
  expect([status, headers.get("location")]).toEqual([302, "/reference"]);
});

test("the reference loads nothing from elsewhere", async () => {
  const page = await request<string>(passage, "GET", "/reference");
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address as string);
  expect(loaded.length).toBe(3);
  for (const address of loaded) expect((await fetch(passage.url + address)).status, address).toBe(200);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
});

test("browsers may ask from elsewhere what a claim page asks, and nothing else", async () => {
  const ask = (method: string, path: string) =>
    fetch(passage.url + path, {
      method,
      headers: { origin: "https://app.example", "access-control-request-method": "POST" },
    });
  for (const path of ["/link/claim", "/link/details?code=clm_x"])
    expect((await ask("OPTIONS", path)).headers.get("access-control-allow-origin"), path).toBe("*");
  for (const { method, path } of Object.values<Route>(routes).filter(({ access }) => access !== "public")) {
    const { headers } = await ask(method, path.replace(":id", "x"));
    expect(headers.get("access-control-allow-origin"), path).toBe(null);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  }
});
