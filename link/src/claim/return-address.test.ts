import { expect, test } from "vitest";
import { returnAddress } from "./return-address.ts";
import { details } from "./testing/server.ts";

test.each([
  ["https://app.example/done", "https://app.example/done?linkId=link_1&status=complete"],
  ["https://app.example/?a=b%20c&d=%2B#part", "https://app.example/?a=b%20c&d=%2B&linkId=link_1&status=complete#part"],
  ["https://app.example/?linkId=link_1", "https://app.example/?linkId=link_1&status=complete"],
  ["myapp://callback", "myapp://callback?linkId=link_1&status=complete"],
])("%s becomes %s", (returnUrl, expected) => {
  expect(returnAddress({ ...details, returnUrl }, "complete")).toBe(expected);
});

test.each([null, "nonsense", "javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "blob:https://a/b"])(
  "%s leads nowhere",
  (returnUrl) => {
    expect(returnAddress({ ...details, returnUrl }, "failed")).toBeNull();
  },
);
