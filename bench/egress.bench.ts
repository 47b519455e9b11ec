import { randomBytes } from "node:crypto";
import { Egress } from "../device/src/egress/gate.ts";
import { PrivatePhase } from "../device/src/egress/private-phase.ts";
import { Secrets } from "../device/src/egress/secrets.ts";
import { answerShape } from "../device/src/egress/shapes.ts";
import { Taint } from "../device/src/egress/taint.ts";
import { Rig } from "../device/test/rig.ts";
import { gateOfBills } from "./egress/without-compiler.ts";
import { median } from "./load.ts";

/**
 * What the egress gate costs a message, by size, and as a share of a command's round trip through the real device; and what the same
 * 200 bills cost by a declared read and by a developer's, with a compiler and without.
 */
const rounds = 41;
const warmUps = 60;
const roundTrips = 200;
const secretCount = 200;

function addSecrets({ secrets }: { readonly secrets: Secrets }): void {
  secrets.addTyped("password", randomBytes(9).toString("base64url"));
  secrets.addTyped("code", "730162");
  while (secrets.size < secretCount) secrets.addParts("cookie", randomBytes(32).toString("base64url"));
}

/** The median time that the gate takes for an answer, in ms. */
function gateMs(html: string, withSecrets: boolean): number {
  const egress = new Egress(new PrivatePhase(() => "https://shop.example/"));
  egress.attach(() => true);
  if (withSecrets) addSecrets(egress);
  const times = Array.from({ length: rounds }, (_, round) => {
    const message = { type: "client.command_response", id: `c${round}`, result: { html } } as const;
    const startedAt = performance.now();
    if (!egress.send(message, answerShape("content"))) throw new Error("The gate sent nothing");
    return performance.now() - startedAt;
  });
  return median(times.slice(1));
}

const line = (number: number) =>
  `<li class="row"><b>$${(number * 1.37).toFixed(2)}</b> <span>Unlimited plus, line ${number}</span> due 2026-11-21</li>\n`;
const page = (bytes: number) =>
  Array.from({ length: Math.ceil(bytes / 80) }, (_, number) => line(number))
    .join("")
    .slice(0, bytes);
const sizes = { "100 B": page(100), "10 KiB": page(10_240), "100 KiB": page(102_400), "1 MiB": page(1_000_000) };

const gate: Record<string, { ms: number; withoutSecretsMs: number }> = {};
for (const [name, html] of Object.entries(sizes)) {
  gate[name] = { ms: round(gateMs(html, true)), withoutSecretsMs: round(gateMs(html, false)) };
  console.log(
    `${name.padEnd(8)} ${gate[name].ms} ms with ${secretCount} secrets, ${gate[name].withoutSecretsMs} ms with none`,
  );
}

/** The scan for secrets alone, in ms; its peer is what the platform takes to write the same text as JSON, in turn with it. */
function scanMs(bytes: number): { scan: number; json: number } {
  const secrets = new Secrets();
  addSecrets({ secrets });
  const taint = new Taint(secrets);
  const html = page(bytes);
  const times = Array.from({ length: warmUps + rounds }, () => {
    const startedAt = performance.now();
    if (taint.find({ html }, "answer").length > 0) throw new Error("The scan found what is not there");
    const scannedAt = performance.now();
    JSON.stringify({ html });
    return { scan: scannedAt - startedAt, json: performance.now() - scannedAt };
  }).slice(warmUps);
  return { scan: round(median(times.map(({ scan }) => scan))), json: round(median(times.map(({ json }) => json))) };
}
const mebibyte = scanMs(1_048_576);
console.log(
  `the scan of 1 MiB for ${secretCount} secrets: ${mebibyte.scan} ms, where JSON.stringify takes ${mebibyte.json} ms`,
);

const rig = await Rig.open();
addSecrets(rig.egress);
await rig.show(`<h1>${"Your bill ".repeat(10)}</h1>`);
const trips: number[] = [];
for (let trip = 0; trip < roundTrips; trip++) {
  const startedAt = performance.now();
  await rig.run("textContent", { selector: "h1" });
  trips.push(performance.now() - startedAt);
}
await rig.close();
const tripMs = median(trips);
const share = (gate["100 B"]?.ms ?? 0) / tripMs;
console.log(`textContent through the device: ${round(tripMs)} ms, of which the gate ${(share * 100).toFixed(1)} %`);

const bills = await gateOfBills();
for (const [how, { ms, bytes }] of Object.entries(bills))
  console.log(
    `200 bills ${how}: ${(["declared", "body", "json", "page"] as const)
      .map((read) => `${read} ${ms[read].toFixed(1)} ms ${(ms.declared / ms[read]).toFixed(2)}× ${bytes[read]} bytes`)
      .join(", ")}`,
  );
console.log(
  JSON.stringify({
    benchmark: "egress",
    rounds,
    secrets: secretCount,
    gate,
    scanOfMebibyte: { ...mebibyte, ratio: round(mebibyte.scan / mebibyte.json) },
    roundTripMs: round(tripMs),
    gateShare: round(share),
    bills,
  }),
);

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
