import { expect, test } from "vitest";
import { webhookTimes } from "./webhook-times.ts";

test("development may shorten the times of webhooks; production may not", () => {
  const environment = { PASSAGE_RETRY_SCHEDULE: "0,50", PASSAGE_DISABLE_AFTER: "2000" };
  expect(webhookTimes(false, environment)).toEqual({ RETRY_SCHEDULE: "0,50", DISABLE_AFTER: "2000" });
  expect(webhookTimes(false, {})).toEqual({});
  expect(webhookTimes(true, {})).toEqual({});
  for (const [name, value] of Object.entries(environment))
    expect(() => webhookTimes(true, { [name]: value })).toThrow("Unset them for --production");
});

test.each(["soon", "1,", ",1", "-1", "1.5", "1;2"])("%j is no schedule", (schedule) => {
  expect(() => webhookTimes(false, { PASSAGE_RETRY_SCHEDULE: schedule })).toThrow("separated by commas");
});
