import { loadavg } from "node:os";
import { chromium, type Page } from "playwright-core";
import type { HostName } from "../device/src/host-names.ts";
import { findChromium } from "../device/src/hosts/browser/find.ts";
import { Rig } from "../device/test/rig.ts";
import { type Comparison, comparisons } from "./device/commands.ts";
import { serveFixture } from "./device/fixture.ts";
import { inTurn, median } from "./load.ts";

/**
 * Each command's time on our device, gate included, beside Playwright's for the same on the same page in the same Chromium.
 * `chromium` has all capabilities, `contract` what WKWebView has.
 */
const rounds = 15;
const hosts: Record<string, HostName> = { chromium: "chromium", contract: "webview-contract-isolated" };
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

const [browser, ...rigs] = await Promise.all([
  chromium.launch({ executablePath: findChromium(), args }),
  ...Object.values(hosts).map((hostName) => Rig.open({ hostName })),
]);
const page = await browser.newPage({ viewport: { width: 420, height: 760 } });
const unsupported = new Map<string, string>();

const results: Record<string, Record<string, number>> = {};
const [first] = rigs as [Rig, ...Rig[]];
const url = serveFixture(first.site);
await page.goto(url);
for (const rig of rigs) await ours(rig, "navigate", { url });

for (const comparison of comparisons(url)) {
  const contenders: Record<string, () => Promise<number>> = { playwright: withPlaywright(page, comparison) };
  for (const [index, name] of Object.keys(hosts).entries())
    contenders[name] = withPassage(rigs[index] as Rig, comparison, `${name} ${comparison.name}`);
  const ms = await inTurn(rounds, contenders);
  results[comparison.name] = ms;
  const shown = Object.keys(hosts).map((name) => `${name} ${column(ms, name, comparison.name)}`);
  console.log(
    `${comparison.name.padEnd(18)} playwright ${(ms.playwright ?? 0).toFixed(1).padStart(6)} ms   ${shown.join("   ")}`,
  );
  if (comparison.from) {
    await page.goto(url);
    for (const rig of rigs) await ours(rig, "navigate", { url });
  }
}
await Promise.all([browser.close(), ...rigs.map((rig) => rig.close())]);

const ratios = (name: string) =>
  Object.entries(results)
    .filter(([command]) => !unsupported.has(`${name} ${command}`))
    .map(([, ms]) => (ms[name] ?? 0) / (ms.playwright ?? 1));
const medianRatio = Object.fromEntries(Object.keys(hosts).map((name) => [name, round(median(ratios(name)))]));
for (const [what, why] of unsupported) console.log(`${what}: ${why}`);
console.log(`median ratio: ${JSON.stringify(medianRatio)}; load of the machine ${loadavg()[0]?.toFixed(1)}`);
console.log(
  JSON.stringify({ bench: "device", rounds, medianRatio, ms: results, unsupported: [...unsupported.keys()] }),
);

function withPlaywright(page: Page, { playwright, before, from }: Comparison): () => Promise<number> {
  let at = 0;
  return async () => {
    at += 1;
    if (from) await page.goto(from);
    if (from && from !== url) await page.goto(url);
    if (before) await page.evaluate(before(at));
    return timed(() => playwright(page, at));
  };
}

function withPassage(
  rig: Rig,
  { name, command = name as Comparison["command"], params, before, from }: Comparison,
  what: string,
) {
  let at = 0;
  return async () => {
    at += 1;
    if (from) await ours(rig, "navigate", { url: from });
    if (from && from !== url) await ours(rig, "navigate", { url });
    if (before) await rig.value(before(at));
    if (unsupported.has(what)) return Number.NaN;
    return timed(async () => {
      const answer = await rig.send(command ?? name, params(at));
      const error = answer.error ?? answer.result?.results?.find((one: { error?: object }) => one.error)?.error;
      if (error?.code === "unsupported_command") unsupported.set(what, error.message);
      else if (error) throw new Error(`${what}: ${error.code} ${error.message}`);
    });
  };
}

async function ours(rig: Rig, command: string, params: Record<string, unknown>): Promise<void> {
  const { error } = await rig.send(command, params);
  if (error) throw new Error(`${command}: ${error.code} ${error.message}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function column(ms: Record<string, number>, name: string, command: string): string {
  if (unsupported.has(`${name} ${command}`)) return "not on this host".padStart(18);
  const value = ms[name] ?? 0;
  return `${value.toFixed(1).padStart(6)} ms ${(value / (ms.playwright ?? 1)).toFixed(2).padStart(6)}×`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
