import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DataFolder } from "../cli/src/runtime/data-folder.ts";
import { startServer } from "../cli/src/runtime/server-process.ts";

/** The same bundle passes `wrangler deploy --dry-run` and starts in plain workerd; prints its size and start-up time. */
const out = mkdtempSync(join(tmpdir(), "passage-bundle-"));
const { status, stdout, stderr } = spawnSync(
  "wrangler",
  ["deploy", "--dry-run", "--outdir", join(out, "deploy"), "--config", "server/wrangler.jsonc"],
  { encoding: "utf8", env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" } },
);
if (status !== 0) {
  console.error(`${stdout}${stderr}`);
  rmSync(out, { recursive: true });
  process.exit(1);
}
const bundle = readFileSync("server/dist/worker.js");
const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
console.log(
  `wrangler deploy --dry-run accepts it; ${kB(bundle.byteLength)}, ${kB(gzipSync(bundle).byteLength)} gzipped`,
);

const startedAt = performance.now();
const data = new DataFolder(join(out, "data"));
const server = await startServer({
  data,
  port: 0,
  host: "127.0.0.1",
  production: false,
  publicUrl: null,
  onLine: () => {},
});
await fetch(`${server.url}/healthz`);
console.log(
  `workerd answers its first request ${Math.round(performance.now() - startedAt)} ms after it was started on an empty folder`,
);
await server.stop();
rmSync(out, { recursive: true });
