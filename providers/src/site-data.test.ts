import { expect, test } from "vitest";
import { answered } from "./site-data.ts";

test("a 2xx answer is its body", () => {
  expect(answered("The bills", { status: 200, body: { bills: [] } })).toEqual({ bills: [] });
});

test.each([
  [404, "site_changed"],
  [410, "site_changed"],
  [401, "blocked_by_site"],
  [403, "blocked_by_site"],
  [429, "blocked_by_site"],
  [503, "site_down"],
])("status %i is %s", (status, reason) => {
  const failed = expect.objectContaining({ details: expect.objectContaining({ reason }) });
  expect(() => answered("The bills", { status, body: null })).toThrow(failed);
});
