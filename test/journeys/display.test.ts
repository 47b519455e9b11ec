import { afterAll, beforeAll, expect, test } from "vitest";
import { Display } from "../harness/display/display.ts";
import { openDeviceWindow } from "../harness/display/open-device.ts";
import { journeyBy } from "../harness/journey.ts";
import { signInAs } from "../harness/person.ts";
import { usePassage } from "../harness/use-passage.ts";

/**
 * A link of each provider, with a person at the display. Every other journey has its person at the browser's debugging port,
 * and what is there changes the browser: it releases workers that the device holds, and a page in the background is drawn.
 */
const passage = usePassage();
let display: Display;
const startedAt = performance.now();
const times: string[] = [];
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s`;

beforeAll(async () => {
  display = await Display.open();
}, 300_000);
afterAll(async () => {
  await display.close();
  console.log([...times, `at the display, in all: ${seconds(startedAt)}`].join("\n"));
});

test.each([
  { provider: "tmobile", resource: "mobileBillingStatement", list: "billing" },
  { provider: "att", resource: "mobileBillingStatement", list: "billing" },
  { provider: "verizon", resource: "mobileBillingStatement", list: "billing" },
  { provider: "ubereats", resource: "orderHistory", list: "orders" },
  { provider: "apple-review", resource: "readHistory", list: "history" },
])("$provider: user_good signs in at the display", { timeout: 90_000 }, async ({ provider, resource, list }) => {
  const since = performance.now();
  const { event } = await journeyBy(passage, provider, [{ resource, action: "read" }], async (claimUrl) => {
    const device = openDeviceWindow(display, claimUrl);
    try {
      await signInAs(device.hands, provider, "user_good");
      await device.ended;
    } finally {
      await device.stop();
    }
    return device.output();
  });
  times.push(`${provider.padEnd(13)} ${seconds(since)}`);
  expect(event.status, JSON.stringify(event.error)).toBe("complete");
  expect((event.result as Record<string, object[]>)[list]).not.toHaveLength(0);
});
