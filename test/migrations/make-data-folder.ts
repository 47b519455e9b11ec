import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { SessionTrace } from "@passage/protocol/trace";
import { claim, createLink, getLink, request } from "../harness/api.ts";
import { endedLink, givesUp } from "../harness/completed-link.ts";
import { command, openBoth, silent } from "../harness/developer-session.ts";
import { startPassage } from "../harness/passage-process.ts";
import { scriptedDevice } from "../harness/scripted-device.ts";
import { tmobileScript } from "../harness/tmobile-script.ts";
import { createEndpoint } from "../harness/webhooks.ts";
import { absentReceiver, type FixtureNotes, pendingRequest } from "./fixture.ts";

/**
 * Writes the data folder of an older release, killed in the middle of its work, for `migrations.test.ts`:
 *
 *   node test/migrations/make-data-folder.ts <built checkout of the release> <name>
 *
 * It leaves `data-folders/<name>.tar.gz` and the notes on what is in it, `data-folders/<name>.json`.
 */
const [checkout, name] = process.argv.slice(2);
if (!checkout || !name) throw new Error("Usage: make-data-folder.ts <built checkout> <name>");
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: checkout, encoding: "utf8" }).trim();
const passage = await startPassage({ binary: resolve(checkout, "cli/bin/passage.js") });
const madeAt = Date.now();

const { id: endpointId } = await createEndpoint(passage, { url: absentReceiver });
const webhook = { webhookUrl: absentReceiver };
const complete = await endedLink(passage, webhook);
const failed = await endedLink(passage, webhook, givesUp);
const cancelled = await createLink(passage, webhook);
await request(passage, "POST", `/v1/links/${cancelled.linkId}/cancel`);
const expired = await createLink(passage, { ...webhook, expiresIn: 1 });
const reusable = await createLink(passage, { ...webhook, reusable: true });
const played = await scriptedDevice(await claim(passage, reusable.claimCode), tmobileScript);
await played.message("server.session_end");
const idempotencyKey = `fixture-${name}`;
const headers = { "idempotency-key": idempotencyKey };
const body = { integrationId: "tmobile", resource: "mobileBillingStatement", action: "read", ...pendingRequest };
const pending = (await request<FixtureNotes["pending"]>(passage, "POST", "/v1/links", body, { headers })).body;

const link = await createLink(passage, webhook);
const claimed = await claim(passage, link.claimCode);
const signingIn = await scriptedDevice(claimed, (asked) => (asked.command === "yield" ? null : tmobileScript(asked)));
await signingIn.message("server.set_interactive", ({ yield: asked }) => asked !== undefined);
const { session, worker, device } = await openBoth(passage, silent);
const yieldId = "y1";
worker.send({ type: "worker.yield_to_user", id: yieldId, conditions: [{ type: "url", pattern: "/done" }] });
await device.message("server.set_interactive", ({ yield: asked }) => asked !== undefined);

const away = await openBoth(passage, silent);
const undeliveredId = "c1";
away.worker.send(command(undeliveredId, "navigate", { url: "https://example.com/" }));
await away.device.message("server.command", ({ id }) => id === undeliveredId);
away.worker.socket.close();
await away.worker.closed();
const result = { url: "https://example.com/", status: 200 };
away.device.send({ type: "client.command_response", id: undeliveredId, result, error: null });
for (let isAnswered = false; !isAnswered; ) {
  const path = `/v1/sessions/${away.session.sessionId}/trace`;
  const { trace } = (await request<SessionTrace>(passage, "GET", path)).body;
  isAnswered = trace.some(({ id, ms }) => id === undeliveredId && ms !== null);
}

const read = ({ linkId }: { linkId: string }) => getLink(passage, linkId);
await delay(Math.max(expired.expiresAt - Date.now(), 0) + 1);
const notes: FixtureNotes = {
  commit,
  madeAt,
  testKey: passage.testKey ?? "",
  links: {
    complete: await read(complete),
    failed: await read(failed),
    pending: await read(pending),
    cancelled: await read(cancelled),
    expired: await read(expired),
    reusable: await read(reusable),
  },
  pending,
  reusable,
  idempotencyKey,
  signingIn: { link, claimed },
  session,
  yieldId,
  undelivered: { session: away.session, id: undeliveredId, result },
  endpointId,
};
await passage.kill();
const folder = join(import.meta.dirname, "data-folders");
mkdirSync(folder, { recursive: true });
rmSync(join(passage.data, "server.json"), { force: true });
execFileSync("tar", ["-czf", join(folder, `${name}.tar.gz`), "-C", passage.data, "."]);
writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(notes, null, 2)}\n`);
rmSync(passage.data, { recursive: true });
console.log(`${name}: made by ${commit}`);
process.exit(0);
