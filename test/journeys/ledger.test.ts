import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isFrameOf } from "@passage/device/egress/ledger";
import type { LedgerFile } from "@passage/protocol/ledger";
import { expect, test } from "vitest";
import { createLink, getLink } from "../harness/api.ts";
import { enterCode, openDeviceProcess, signInUpToCode } from "../harness/open-device.ts";
import { passageBin, removeFolder, temporaryFolder } from "../harness/passage-process.ts";
import { startRecordingProxy } from "../harness/recording-proxy.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();

test("the ledger of a run is what the server received, item by item", { timeout: 90_000 }, async () => {
  const folder = temporaryFolder();
  const file = join(folder, "ledger.json");
  const proxy = await startRecordingProxy(passage.url);
  const link = await createLink(passage);
  const device = await openDeviceProcess(`${proxy.url}/claim?code=${link.claimCode}`, ["--ledger", file]);
  await signInUpToCode(device.person);
  await enterCode(device.person);
  expect(await device.ended, device.output()).toBe(0);

  const ledger: LedgerFile = JSON.parse(readFileSync(file, "utf8"));
  const frames = proxy.sent.filter((text) => text.startsWith('{"type":"client.'));
  expect(frames.length).toBeGreaterThan(8);
  expect(ledger.entries).toHaveLength(frames.length);
  for (const [index, entry] of ledger.entries.entries())
    expect(isFrameOf(entry, frames[index] as string), `${entry.seq}: ${entry.text}`).toBe(true);
  const heads = frames.map((frame) => JSON.parse(frame).ledger);
  expect(heads.at(-1)).toEqual({ head: ledger.head, entries: ledger.entries.length });
  expect(heads.map(({ head }) => head).slice(0, -1)).toEqual(ledger.entries.slice(1).map(({ prev }) => prev));

  const content = ledger.entries.filter(({ kind }) => kind === "content");
  expect(content.length).toBeGreaterThan(0);
  for (const { text } of content) expect(text).toMatch(/^Your phone bills: period, amount and due date of each — /);
  expect(device.output()).toMatch(/^DevTools on http:\/\/127\.0\.0\.1:\d+$/m);
  expect(device.output()).toContain("T-Mobile, signed by its publisher. This session can send:");
  expect(device.output()).toContain(`What left this device: ${frames.length} messages`);

  const verify = () => spawnSync(process.execPath, [passageBin, "ledger", "verify", file], { encoding: "utf8" });
  expect(verify()).toMatchObject({ status: 0, stdout: expect.stringContaining(`The chain is whole`) });
  const [first, ...rest] = ledger.entries;
  writeFileSync(file, JSON.stringify({ ...ledger, entries: [{ ...first, text: "nothing at all" }, ...rest] }));
  expect(verify()).toMatchObject({ status: 1, stderr: expect.stringContaining("Entry 2 does not follow") });

  // What came after the last answer that the run waited for is in the list, and not in the link.
  const { ledger: told } = await getLink(passage, link.linkId);
  expect(told).toEqual(heads[(told?.entries ?? 0) - 1]);
  expect(frames.slice(told?.entries).filter((frame) => !frame.startsWith('{"type":"client.events"'))).toEqual([]);
  proxy.stop();
  removeFolder(folder);
});
