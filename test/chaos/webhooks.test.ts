import { expect, test } from "vitest";
import { runWebhookChaos } from "./webhooks.ts";

test("50 links end, the receiver fails half of the time, the server dies three times: no event is lost or out of order", {
  timeout: 180_000,
}, async () => {
  const result = await runWebhookChaos({ links: 50, kills: 3, failing: 0.5, seed: 6 });
  expect(result.broken).toEqual([]);
  expect(result).toMatchObject({ kills: 3, events: result.outcomes });
  expect(result.requests).toBeGreaterThan(result.taken * 1.5);
});
