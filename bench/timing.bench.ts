import { loadavg } from "node:os";
import { declaredName } from "@passage/protocol/reads/digest";
import { Rig } from "../device/test/rig.ts";
import { median } from "./load.ts";

/**
 * The timing channel of a signed session: a hostile site decides how long a declared request takes, and a hostile server reads it
 * from when the answer comes. One symbol a read: the site waits for so many slots. Without a network between device and server,
 * so that this is more than a server far away can have.
 */
const reads = 240;
const rig = await Rig.open();
const { origin } = rig.site;
const read = {
  source: "request",
  what: "the status",
  on: { origin, path: "/" },
  method: "GET",
  path: "/api/status",
  shape: null,
} as const;
const manifest = {
  resource: "status",
  action: "read",
  v: 1,
  steps: {},
  reads: { status: read },
  says: [] as string[],
} as const;

let waitMs = 0;
rig.site.answer("/api/status", (_request, response) => {
  setTimeout(() => response.writeHead(204).end(), waitMs);
});
await rig.show("<p>A site</p>");

const results: Record<
  string,
  { levels: number; slotMs: number; wrong: number; bitsPerRead: number; bitsPerSecond: number }
> = {};
for (const [levels, slotMs] of [
  [2, 2],
  [2, 5],
  [2, 10],
  [4, 5],
  [4, 10],
  [16, 5],
  [16, 10],
] as const) {
  rig.operations.pin([manifest], (url) => url);
  rig.operations.budget.renew();
  rig.egress.told.renew();
  await rig.send("begin", { operation: "status:read" });
  const quiet = median(await series(Array(20).fill(0)));
  const sent = Array.from({ length: reads }, (_, index) => (index * 7 + Math.floor(index / 3)) % levels);
  const startedAt = performance.now();
  const took = await series(sent.map((symbol) => symbol * slotMs));
  const seconds = (performance.now() - startedAt) / 1_000;
  const heard = took.map((ms) => Math.min(levels - 1, Math.max(0, Math.round((ms - quiet) / slotMs))));
  const bitsPerRead = information(sent, heard, levels);
  const wrong = heard.filter((symbol, index) => symbol !== sent[index]).length / reads;
  const bitsPerSecond = (bitsPerRead * reads) / seconds;
  results[`${levels} x ${slotMs} ms`] = { levels, slotMs, wrong, bitsPerRead, bitsPerSecond };
  console.log(
    `${String(levels).padStart(2)} levels of ${slotMs} ms: ${(wrong * 100).toFixed(1)} % wrong, ${bitsPerRead.toFixed(2)} bits a read, ${bitsPerSecond.toFixed(0)} bits a second`,
  );
}
await rig.close();
const best = Math.max(...Object.values(results).map(({ bitsPerSecond }) => bitsPerSecond));
const most = Math.max(...Object.values(results).map(({ bitsPerRead }) => bitsPerRead));
console.log(
  `at most ${best.toFixed(0)} bits a second, ${most.toFixed(2)} bits a read; load of the machine ${loadavg()[0]?.toFixed(1)}`,
);
console.log(JSON.stringify({ bench: "timing", reads, bitsPerSecond: best, bitsPerRead: most, results }));

/** How long each read took whose answer the site held back for so long. */
async function series(waits: readonly number[]): Promise<number[]> {
  const took: number[] = [];
  for (const wait of waits) {
    waitMs = wait;
    const startedAt = performance.now();
    const { error } = await rig.send("read", { read: declaredName("status", read) });
    if (error) throw new Error(error.code);
    took.push(performance.now() - startedAt);
  }
  return took;
}

/** Mutual information of what was sent and what was heard, in bits a symbol. */
function information(sent: readonly number[], heard: readonly number[], levels: number): number {
  const share = (holds: (index: number) => boolean) => sent.filter((_, index) => holds(index)).length / sent.length;
  let bits = 0;
  for (let one = 0; one < levels; one++)
    for (let other = 0; other < levels; other++) {
      const both = share((index) => sent[index] === one && heard[index] === other);
      if (both === 0) continue;
      bits +=
        both * Math.log2(both / (share((index) => sent[index] === one) * share((index) => heard[index] === other)));
    }
  return bits;
}
