import { expect, test } from "vitest";
import { operatorSettings } from "./operator-settings.ts";

test("what is set is passed on as it is, and nothing else", () => {
  const environment = { RATE_LIMIT_KEY: "8/4", CLIENT_ADDRESS_HEADER: "X-Real-IP", LOG_REQUESTS: "1", HOME: "/root" };
  expect(operatorSettings(environment)).toEqual({
    RATE_LIMIT_KEY: "8/4",
    CLIENT_ADDRESS_HEADER: "X-Real-IP",
    LOG_REQUESTS: "1",
  });
  expect(operatorSettings({ RATE_LIMIT_ADDRESS: "" })).toEqual({});
});

test.each([
  [{ RATE_LIMIT_KEY: "1000" }, 'RATE_LIMIT_KEY: A rate limit is <requests>/<seconds>, such as 1000/10, not "1000".'],
  [{ RATE_LIMIT_ADDRESS: "0/10" }, "RATE_LIMIT_ADDRESS: A rate limit is"],
  [{ CLIENT_ADDRESS_HEADER: "X Real IP" }, "is no name of a header"],
])("%j is told before the server starts", (environment, message) => {
  expect(() => operatorSettings(environment)).toThrow(message);
});
