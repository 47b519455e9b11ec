import { join } from "node:path";
import { expect } from "vitest";
import { DevToolsHands } from "../harness/devtools-hands.ts";
import { openBrowserProcess } from "../harness/open-device.ts";
import { startPassage } from "../harness/passage-process.ts";
import { signInAs } from "../harness/person.ts";
import { runPassage } from "../harness/run-passage.ts";

/**
 * The first hour with an installed `passage`: a server, a key, a link, and its device. Its data is in `folder`.
 *
 * @param binary the installed `bin/passage.js`
 */
export async function playWholeLoop(binary: string, folder: string): Promise<void> {
  const running = await startPassage({ binary, data: join(folder, "data") });
  try {
    const passage = (...args: string[]) => runPassage(args, { PASSAGE_DATA: running.data }, binary);
    expect(await passage("keys", "create", "--json")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("psg_test_"),
    });
    const created = await passage("links", "create", "tmobile", "mobileBillingStatement:read", "--json");
    const { linkId, appClipUrl } = JSON.parse(created.stdout);
    const device = await openBrowserProcess(["open", appClipUrl, "--agree"], {}, binary);
    await signInAs(new DevToolsHands(device.person), "tmobile", "user_good");
    expect(await device.ended, device.output()).toBe(0);
    const link = JSON.parse((await passage("links", "get", linkId, "--json")).stdout);
    expect(link).toMatchObject({ status: "complete", result: { billing: expect.any(Array) } });
    expect(link.result.billing).toHaveLength(14);
  } finally {
    await running.stop();
  }
}
