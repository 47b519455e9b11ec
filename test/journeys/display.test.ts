import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { launchChromium } from "../../device/src/hosts/chromium/launch.ts";
import { Site } from "../../device/test/site.ts";
import { Display } from "../harness/display/display.ts";
import { DisplayHands } from "../harness/display/display-hands.ts";
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

test("keys go to the page, not to the address bar, before the person has clicked anywhere", async () => {
  for (const [name, value] of Object.entries(display.environment)) vi.stubEnv(name, value);
  const [site, host] = await Promise.all([Site.open(), launchChromium({ pageScript: "" })]);
  const hands = new DisplayHands(display, () => false);
  try {
    const url = site.page("/", "<input autofocus aria-label=Name oninput=\"fetch('/typed?' + value)\">");
    await host.webview.load(url);
    await hands.fill({ role: "field", selector: "input", words: "Name" }, "ada");
    await site.asked("/typed?ada");
  } finally {
    hands.leave();
    await host.close();
    await site.close();
    vi.unstubAllEnvs();
  }
});

const everyProvider = [
  { provider: "tmobile", resource: "mobileBillingStatement", list: "billing" },
  { provider: "att", resource: "mobileBillingStatement", list: "billing" },
  { provider: "verizon", resource: "mobileBillingStatement", list: "billing" },
  // In a window that the site opens.
  { provider: "ubereats", user: "user_popup", resource: "orderHistory", list: "orders" },
  { provider: "apple-review", resource: "readHistory", list: "history" },
];
test.each(everyProvider)(
  "$provider: a person signs in at the display",
  { timeout: 90_000 },
  async ({ provider, user = "user_good", resource, list }) => {
    const since = performance.now();
    const { event } = await journeyBy(passage, provider, [{ resource, action: "read" }], async (claimUrl) => {
      const device = openDeviceWindow(display, claimUrl);
      try {
        await device.hands.press({ role: "button", selector: "", words: "Agree" });
        await signInAs(device.hands, provider, user);
        await device.ended;
      } finally {
        await device.stop();
      }
      return device.output();
    });
    times.push(`${provider.padEnd(13)} ${seconds(since)}`);
    expect(event.status, JSON.stringify(event.error)).toBe("complete");
    expect((event.result as Record<string, object[]>)[list]).not.toHaveLength(0);
  },
);
