import { runSandbox } from "../sandbox/src/testing/run-workerd.ts";
import { cases } from "../test/mutation/operations.ts";
import { SiteVisits } from "../test/mutation/site-visit.ts";

/**
 * What leaves the device in each operation of the catalog on the sandbox: the bytes of all answers as JSON, a sign-in included, and of
 * those its reads'; and how many rows its reads send beside how many it delivers.
 */
const rowsAt = /"(?:startTime|billEndDate|cycleStartDate|paymentMethodId|readAt|baseEaterOrder)":/g;
const sandbox = await runSandbox();
const results: Record<string, object> = {};
let bytes = 0;
let readBytes = 0;
let rows = 0;
const visits = await SiteVisits.open(sandbox.port);
visits.onAnswer = (answer) => {
  const text = JSON.stringify(answer) ?? "";
  bytes += Buffer.byteLength(text);
  if (!text.includes('"data":')) return;
  readBytes += Buffer.byteLength(text);
  rows += text.match(rowsAt)?.length ?? 0;
};
for (const one of cases) {
  [bytes, readBytes, rows] = [0, 0, 0];
  await visits.forget();
  const ended = await visits.run(one, 15_000);
  if (!("result" in ended)) throw new Error(`${one.name}: ${ended.error.code}`);
  const lists = Object.values(ended.result as object).filter(Array.isArray);
  const delivered = lists[0]?.length ?? null;
  results[one.name] = { bytes, readBytes, rowsSent: rows, rowsDelivered: delivered };
  console.log(
    `${one.name.padEnd(44)} ${bytes} bytes, reads ${readBytes}; rows ${rows} sent, ${delivered ?? "none"} delivered`,
  );
}
await visits.close();
await sandbox.stop();
console.log(JSON.stringify({ bench: "bytes", results }));
