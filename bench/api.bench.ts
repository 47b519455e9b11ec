import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Operator } from "../cli/src/operator.ts";
import { DataFolder } from "../cli/src/runtime/data-folder.ts";
import { startServer } from "../cli/src/runtime/server-process.ts";
import { callsPerSecond, inTurn, median } from "./load.ts";
import { startBareWorker } from "./workerd.ts";

/** How many links per second one organization can create, read, list and claim, beside a bare route on the same runtime. */
const count = 2_000;
const rounds = 5;
const claimsARound = 300;
const folder = mkdtempSync(join(tmpdir(), "passage-bench-"));
const data = new DataFolder(folder);
// What is measured is the server, not its limit.
process.env.RATE_LIMIT_KEY = "1000000/1";
const server = await startServer({
  data,
  port: 0,
  host: "127.0.0.1",
  production: true,
  publicUrl: null,
  onLine: () => {},
});
const bare = await startBareWorker(join(import.meta.dirname, "bare-route.ts"));
const { key } = await new Operator(server.url, data.operatorToken).createKey("live");
const headers = { authorization: `Bearer ${key}` };
const body = JSON.stringify({ integrationId: "tmobile", resource: "mobileBillingStatement", action: "read" });
const address = server.url.replace("localhost", "127.0.0.1");

const links = `${address}/v1/links`;
const created = await fetch(`${address}/v1/links`, { method: "POST", headers, body });
const { linkId } = (await created.json()) as { linkId: string };

const medians = await inTurn(rounds, {
  bare: () => callsPerSecond(() => ({ method: "POST", url: `${bare.url}/v1/links`, body }), count),
  create: () => callsPerSecond(() => ({ method: "POST", url: `${address}/v1/links`, headers, body }), count),
  read: () => callsPerSecond(() => ({ method: "GET", url: `${address}/v1/links/${linkId}`, headers }), count),
  list: () => callsPerSecond(() => ({ method: "GET", url: `${links}?limit=20`, headers }), count),
  claim: async () => {
    const codes = await claimCodes(claimsARound);
    const claims = (index: number) => ({
      method: "POST",
      url: `${address}/link/claim`,
      body: JSON.stringify({ code: codes[index] }),
    });
    return callsPerSecond(claims, claimsARound);
  },
});

// From here on another organization, so that its links are counted.
const grown = await new Operator(server.url, data.operatorToken).createKey("live", { organization: "growth" });
const growth: Record<string, Record<string, number>> = {};
let there = 0;
for (const size of [100, 1_000, 10_000, 100_000]) {
  const own = { authorization: `Bearer ${grown.key}` };
  await callsPerSecond(
    (index) => ({
      method: "POST",
      url: links,
      headers: own,
      body: JSON.stringify({ ...JSON.parse(body), externalUserId: `user-${(there + index) % 50}` }),
    }),
    size - there,
  );
  there = size;
  const newest = await medianMs(`${links}?limit=20`, own);
  const ofUser = await medianMs(`${links}?limit=20&externalUserId=user-7&status=pending`, own);
  const failed = await medianMs(`${links}?limit=20&integrationId=tmobile&status=failed`, own);
  growth[size] = { newest, ofUser, failed };
  console.log(
    `${String(size).padStart(7)} links: newest ${newest} ms, of one user ${ofUser} ms, of one provider's failed ones ${failed} ms`,
  );
}

await Promise.all([server.stop(), bare.stop()]);
rmSync(folder, { recursive: true });

const peer = medians.bare as number;
const perSecond = Object.fromEntries(Object.entries(medians).map(([name, value]) => [name, Math.round(value)]));
const ratioToBare = Object.fromEntries(
  Object.entries(medians).map(([name, value]) => [name, round((value as number) / peer)]),
);
for (const [name, value] of Object.entries(perSecond)) console.log(`${name.padEnd(8)} ${value} a second`);
console.log(
  JSON.stringify({
    benchmark: "api",
    rounds,
    callsARound: count,
    medianPerSecond: perSecond,
    ratioToBare,
    listMsByLinks: growth,
  }),
);

async function claimCodes(howMany: number): Promise<string[]> {
  const codes: string[] = [];
  for (let index = 0; index < howMany; index++) {
    const response = await fetch(links, { method: "POST", headers, body });
    codes.push(((await response.json()) as { claimCode: string }).claimCode);
  }
  return codes;
}

async function medianMs(url: string, own: Record<string, string>): Promise<number> {
  const took: number[] = [];
  for (let index = 0; index < 100; index++) {
    const startedAt = performance.now();
    const response = await fetch(url, { headers: own });
    await response.text();
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    took.push(performance.now() - startedAt);
  }
  return round(median(took));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
