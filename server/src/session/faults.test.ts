import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { billRead, claim, createLink, getLink, request } from "../../../test/harness/api.ts";
import { type Running, removeFolder, startPassage, temporaryFolder } from "../../../test/harness/passage-process.ts";
import { scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { expectedBilling, tmobileScript } from "../../../test/harness/tmobile-script.ts";

/** A disk of 8 MB, where the machine lets us make one. */
const folder = temporaryFolder();
const hasSmallDisk = mount(folder);
let passage: Running;

beforeAll(async () => {
  if (hasSmallDisk) passage = await startPassage({ data: join(folder, "data") });
});
afterAll(async () => {
  if (hasSmallDisk) {
    await passage.stop();
    execFileSync("umount", [folder]);
  }
  removeFolder(folder);
});

test.skipIf(!hasSmallDisk)(
  "[S61] a full disk refuses what it cannot keep, and nothing is lost when there is room again",
  async () => {
    const link = await createLink(passage);
    const claimed = await claim(passage, link.claimCode);
    const device = await scriptedDevice(claimed, (asked) => (asked.command === "yield" ? null : tmobileScript(asked)));
    const yielded = await device.message("server.set_interactive");

    const fillings = fill(folder);
    const refused = await request(passage, "POST", "/v1/links", billRead);
    expect(refused).toMatchObject({
      status: 500,
      body: { code: "internal", requestId: expect.stringMatching(/^req_/) },
    });
    const answer = {
      type: "client.command_response",
      id: yielded.yield?.id,
      result: { matched: true, condition: 0 },
      error: null,
    };
    const closed = device.closed();
    device.send(answer);
    await closed;

    for (const file of fillings) rmSync(file);
    const again = await scriptedDevice(claimed, tmobileScript);
    await again.message("server.session_end", (message) => message.phase === "complete");
    await expect
      .poll(() => getLink(passage, link.linkId))
      .toMatchObject({ status: "complete", result: { billing: expectedBilling } });
    expect((await request(passage, "POST", "/v1/links", billRead)).status).toBe(201);
  },
);

function mount(path: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Writes until nothing more fits, down to the last page. */
function fill(path: string): string[] {
  const files: string[] = [];
  for (const size of [65_536, 4_096, 1]) {
    for (;;) {
      const file = join(path, `filling-${files.length}`);
      files.push(file);
      try {
        writeFileSync(file, Buffer.alloc(size));
      } catch {
        break;
      }
    }
  }
  return files;
}
