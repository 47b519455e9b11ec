import { sandboxTwin } from "@passage/protocol/sandbox-twin";
import { expect, test } from "vitest";
import { providers } from "./catalog.ts";

test("a live address has one sandbox twin, on the sandbox's port", () => {
  const sandbox = "http://localhost:8787";
  expect(sandboxTwin("https://www.t-mobile.com/account?x=1#y", sandbox)).toBe(
    "http://www.t-mobile.localhost:8787/account?x=1#y",
  );
  expect(sandboxTwin("https://account.t-mobile.com", sandbox)).toBe("http://account.t-mobile.localhost:8787");
  expect(sandboxTwin("https://a.b.com/", "http://localhost")).toBe("http://a.b.localhost/");
});

test("ids and operations are unique, and every operation declares where it goes", () => {
  expect(new Set(providers.map((provider) => provider.id)).size).toBe(providers.length);
  for (const provider of providers) {
    const names = provider.operations.map(({ resource, action }) => `${resource}:${action}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { manifest } of provider.operations) {
      expect(manifest.origins.length).toBeGreaterThan(0);
      for (const origin of manifest.origins) expect(new URL(origin).origin).toBe(origin);
      expect(manifest.origins).toEqual(expect.arrayContaining([...(manifest.signIn ?? [])]));
    }
  }
});

test("every operation has a sample, which is a result of it word for word", () => {
  const operations = providers.flatMap((provider) => provider.operations);
  expect(operations.length).toBeGreaterThanOrEqual(11);
  for (const { sample, result } of operations) {
    expect(sample).toBeDefined();
    expect(result.parse(sample)).toEqual(sample);
  }
});
