import { deepStrictEqual } from "node:assert";
import { loadavg } from "node:os";
import { Passage } from "@passage/connect";
import { openDevice } from "@passage/device/device";
import { chromium } from "playwright-core";
import { freePort } from "../cli/src/runtime/port.ts";
import { findChromium } from "../device/src/hosts/browser/find.ts";
import { removeFolder, startPassage } from "../test/harness/passage-process.ts";
import { inTurn } from "./load.ts";
import { delayedLine } from "./wan/delay.ts";
import { type Account, stepByStep, stepCount, withPassage, withPlaywright } from "./wan/flow.ts";

/**
 * A flow of thirty steps with a slow line between the automation and the device: ours through the server, Playwright's by
 * `connect` (its server beside the browser) and over CDP. Only the flow is measured, from its first step.
 */
const delays = [0, 50, 100];
const rounds = 3;
const executablePath = findChromium();
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const viewport = { width: 420, height: 760 };

const passage = await startPassage();
const sdk = new Passage({ apiKey: passage.testKey as string, baseUrl: passage.url });
const site = `http://www.t-mobile.localhost:${passage.port}`;
let expected: Account | null = null;
const medians: Record<string, Record<string, number>> = {};

for (const delayMs of delays) {
  const line = await delayedLine(passage.port, delayMs);
  const ms = await inTurn(rounds, {
    passage: () => onDevice(line.port, withPassage),
    "step by step": () => onDevice(line.port, stepByStep),
    connect: () => overConnect(delayMs),
    cdp: () => overCdp(delayMs),
  });
  line.stop();
  medians[`${delayMs} ms`] = ms;
  const times = Object.entries(ms).map(([name, one]) => `${name} ${Math.round(one)} ms`);
  const ratio = ((ms.connect ?? 0) / (ms.passage ?? 1)).toFixed(2);
  console.log(`${delayMs} ms round trip: ${times.join(", ")}; ${ratio} times as fast as connect`);
}
await passage.stop();
removeFolder(passage.data);
const timesAsFast = (name: string) =>
  Object.fromEntries(
    Object.entries(medians).map(([delay, ms]) => [delay, Number(((ms[name] ?? 0) / (ms.passage ?? 1)).toFixed(2))]),
  );
console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
console.log(
  JSON.stringify({
    bench: "wan",
    steps: stepCount,
    medians,
    timesAsFast: { connect: timesAsFast("connect"), cdp: timesAsFast("cdp") },
  }),
);

async function onDevice(port: number, flow: typeof withPassage): Promise<number> {
  const session = await sdk.sessions.create();
  const leave = new AbortController();
  const websocketUrl = session.websocketUrl.replace(`:${passage.port}`, `:${port}`);
  const { clientToken, sessionId } = session;
  const expiresAt = Date.now() + 120_000;
  const ended = openDevice({
    websocketUrl,
    clientToken,
    sessionId,
    expiresAt,
    developer: true,
    headless: true,
    signal: leave.signal,
  });
  const browser = await session.connect();
  await browser.waitForClient();
  const ms = await timed(() => flow(browser, site));
  await browser.complete();
  await ended;
  return ms;
}

async function overConnect(delayMs: number): Promise<number> {
  const server = await chromium.launchServer({ executablePath, args, host: "127.0.0.1" });
  const endpoint = new URL(server.wsEndpoint());
  const line = await delayedLine(Number(endpoint.port), delayMs);
  endpoint.port = String(line.port);
  const browser = await chromium.connect(endpoint.href);
  const page = await browser.newPage({ viewport });
  const ms = await timed(() => withPlaywright(page, site));
  await browser.close();
  line.stop();
  await server.close();
  return ms;
}

async function overCdp(delayMs: number): Promise<number> {
  const port = await freePort();
  const local = await chromium.launch({ executablePath, args: [...args, `--remote-debugging-port=${port}`] });
  const line = await delayedLine(port, delayMs);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${line.port}`);
  const page = await browser.newPage({ viewport });
  const ms = await timed(() => withPlaywright(page, site));
  await browser.close();
  line.stop();
  await local.close();
  return ms;
}

/** Every contender has to come to the same end. */
async function timed(flow: () => Promise<Account>): Promise<number> {
  const startedAt = performance.now();
  const account = await flow();
  const ms = performance.now() - startedAt;
  expected ??= account;
  deepStrictEqual(account, expected);
  return ms;
}
