import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Operator } from "../cli/src/operator.ts";
import { DataFolder } from "../cli/src/runtime/data-folder.ts";
import { startServer } from "../cli/src/runtime/server-process.ts";
import { callsPerSecond, inTurn, median } from "./load.ts";
import { startBareWorker } from "./workerd.ts";

/**
 * How many links per second one organization can create, read, list and claim, beside a bare route on the same runtime, and
 * beside a bare object on the same runtime and disk.
 */
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
const object = await startBareWorker(join(import.meta.dirname, "bare-object.ts"), {
  className: "BareObject",
  hasDatabases: true,
});
const { key } = await new Operator(server.url, data.operatorToken).createKey("live");
const headers = { authorization: `Bearer ${key}` };
const body = JSON.stringify({ integrationId: "tmobile", resource: "mobileBillingStatement", action: "read" });
const address = server.url.replace("localhost", "127.0.0.1");

const links = `${address}/v1/links`;
const { linkId } = await createOne(address);
const { linkId: objectLinkId } = await createOne(object.url);

const medians = await inTurn(rounds, {
  route: () => callsPerSecond(() => ({ method: "POST", url: `${bare.url}/v1/links`, body }), count),
  objectCreate: () => callsPerSecond(() => ({ method: "POST", url: `${object.url}/v1/links`, body }), count),
  create: () => callsPerSecond(() => ({ method: "POST", url: `${address}/v1/links`, headers, body }), count),
  objectRead: () => callsPerSecond(() => ({ method: "GET", url: `${object.url}/v1/links/${objectLinkId}` }), count),
  read: () => callsPerSecond(() => ({ method: "GET", url: `${address}/v1/links/${linkId}`, headers }), count),
  list: () => callsPerSecond(() => ({ method: "GET", url: `${links}?limit=20`, headers }), count),
  objectClaim: () => claimsPerSecond(object.url),
  claim: () => claimsPerSecond(address),
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

await Promise.all([server.stop(), bare.stop(), object.stop()]);
rmSync(folder, { recursive: true });

const perSecond = Object.fromEntries(Object.entries(medians).map(([name, value]) => [name, Math.round(value)]));
const ratio = (name: string, peer: string) => round((medians[name] as number) / (medians[peer] as number));
const ratioToRoute = Object.fromEntries(Object.keys(medians).map((name) => [name, ratio(name, "route")]));
const ratioToObject = {
  create: ratio("create", "objectCreate"),
  read: ratio("read", "objectRead"),
  claim: ratio("claim", "objectClaim"),
};
for (const [name, value] of Object.entries(perSecond)) console.log(`${name.padEnd(12)} ${value} per second`);
for (const [name, value] of Object.entries(ratioToObject))
  console.log(`${name.padEnd(12)} ${value} of the bare object`);
console.log(
  JSON.stringify({
    benchmark: "api",
    rounds,
    callsARound: count,
    medianPerSecond: perSecond,
    ratioToRoute,
    ratioToObject,
    listMsByLinks: growth,
  }),
);

async function claimsPerSecond(origin: string): Promise<number> {
  const codes: string[] = [];
  for (let index = 0; index < claimsARound; index++) codes.push((await createOne(origin)).claimCode);
  const claim = (index: number) => ({
    method: "POST",
    url: `${origin}/link/claim`,
    body: JSON.stringify({ code: codes[index] }),
  });
  return callsPerSecond(claim, claimsARound);
}

async function createOne(origin: string): Promise<{ linkId: string; claimCode: string }> {
  const response = await fetch(`${origin}/v1/links`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(origin === address && headers) },
    body,
  });
  return (await response.json()) as { linkId: string; claimCode: string };
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
