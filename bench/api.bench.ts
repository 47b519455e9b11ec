import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Operator } from "../cli/src/operator.ts";
import { DataFolder } from "../cli/src/runtime/data-folder.ts";
import { startServer } from "../cli/src/runtime/server-process.ts";
import { callsPerSecond, inTurn } from "./load.ts";
import { startBareWorker } from "./workerd.ts";

/** How many links a second one organization can create and read, beside a bare route on the same runtime. */
const count = 2_000;
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "passage-bench-"));
const data = new DataFolder(folder);
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

const created = await fetch(`${address}/v1/links`, { method: "POST", headers, body });
const { linkId } = (await created.json()) as { linkId: string };

const medians = await inTurn(rounds, {
  bare: () => callsPerSecond(() => ({ method: "POST", url: `${bare.url}/v1/links`, body }), count),
  create: () => callsPerSecond(() => ({ method: "POST", url: `${address}/v1/links`, headers, body }), count),
  read: () => callsPerSecond(() => ({ method: "GET", url: `${address}/v1/links/${linkId}`, headers }), count),
});
await Promise.all([server.stop(), bare.stop()]);
rmSync(folder, { recursive: true });

const peer = medians.bare as number;
const perSecond = Object.fromEntries(Object.entries(medians).map(([name, value]) => [name, Math.round(value)]));
const ratioToBare = { create: round((medians.create as number) / peer), read: round((medians.read as number) / peer) };
for (const [name, value] of Object.entries(perSecond)) console.log(`${name.padEnd(8)} ${value} a second`);
console.log(JSON.stringify({ benchmark: "api", rounds, callsARound: count, medianPerSecond: perSecond, ratioToBare }));

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
