import { windowClosedCode } from "@passage/protocol/session";
import { expect, test } from "vitest";
import { claim, createLink, getLink } from "../../../test/harness/api.ts";
import { removeFolder, startPassage } from "../../../test/harness/passage-process.ts";
import { connect, scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { tmobileScript } from "../../../test/harness/tmobile-script.ts";
import { lastHead, nextHead } from "./ledger-head.ts";

const heads = { first: { head: "a".repeat(64), entries: 50 }, second: { head: "b".repeat(64), entries: 1 } };

test("[S65] the head that came last is the one with the highest order; without orders, the one with most entries", () => {
  const first = nextHead(null, heads.first);
  const second = nextHead(first, heads.second);
  const texts = [first, second].map((one) => JSON.stringify(one));
  expect(lastHead(texts)).toEqual(second);
  expect(lastHead(texts.reverse())).toEqual(second);
  expect(lastHead([JSON.stringify(heads.second), null, JSON.stringify(heads.first)])).toMatchObject(heads.first);
  expect(lastHead([null, undefined])).toBe(null);
});

test("[S65] a link shows the ledger of the device that came last, though the server was killed after its greeting", {
  timeout: 60_000,
}, async () => {
  const server = await startPassage();
  const link = await createLink(server);
  const claimed = await claim(server, link.claimCode);
  const device = await scriptedDevice(claimed, (asked) => (asked.command === "yield" ? null : tmobileScript(asked)));
  await device.message("server.set_interactive", (message) => message.interactive);
  const events = [{ ts: Date.now(), source: "page", type: "navigation", payload: { url: "other" } }];
  device.send({ type: "client.events", clientSeq: 1, events, ledger: heads.first });
  await device.message("server.ack");
  device.socket.terminate();
  const another = await connect(claimed.websocketUrl, "client", claimed.clientToken);
  another.send({ type: "client.hello", capabilities: ["yield.conditions"], ledger: heads.second });
  await another.message("server.hello");
  await server.kill();

  const restarted = { ...(await startPassage({ data: server.data })), testKey: server.testKey };
  const closing = await connect(
    claimed.websocketUrl.replace(/:\d+/, `:${restarted.port}`),
    "client",
    claimed.clientToken,
  );
  closing.socket.close(windowClosedCode);
  await expect
    .poll(() => getLink(restarted, link.linkId), { timeout: 15_000 })
    .toMatchObject({ status: "failed", ledger: heads.second });
  await restarted.stop();
  removeFolder(server.data);
});
