import { expect, test } from "vitest";
import { freePort } from "../../cli/src/runtime/port.ts";
import { createLink, getLink } from "../harness/api.ts";
import { closeWindow } from "../harness/devtools-hands.ts";
import { enterCode, openDeviceProcess, signInUpToCode } from "../harness/open-device.ts";
import { removeFolder, startPassage } from "../harness/passage-process.ts";
import { countRequests, readSandboxLog } from "../harness/sandbox-log.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();

test("kill -9 at the one-time code: the user goes on, and no request is made twice", { timeout: 120_000 }, async () => {
  const undisturbed = await run(async () => {});
  const killed = await run(async (restart) => restart());
  expect(killed).toEqual(undisturbed);
  expect(undisturbed).toMatchObject({
    // The automation opens it once; after the sign-in the site itself leads back to it.
    "GET www.t-mobile.localhost/account": 2,
    "GET www.t-mobile.localhost/bill/summary": 1,
    // The site's own bill app asks once, the automation once.
    "POST www.t-mobile.localhost/self-service-pub/v1/bill-summary (bill-summary:getBillList)": 2,
    "POST www.t-mobile.localhost/self-service-pub/v1/bill-dataset (bill-dataset)": 2,
  });
});

/** One whole run on a server of its own; returns how often each address of the site was asked. */
async function run(atTheCode: (restart: () => Promise<void>) => Promise<void>): Promise<Record<string, number>> {
  let server = await startPassage({ port: await freePort() });
  const { data, port, testKey } = server;
  try {
    const link = await createLink(server);
    const device = await openDeviceProcess(`${server.url}/claim?code=${link.claimCode}`);
    await signInUpToCode(device.person);
    await atTheCode(async () => {
      await server.kill();
      server = await startPassage({ data, port });
    });
    await enterCode(device.person);
    expect(await device.ended, device.output()).toBe(0);
    await expect.poll(() => getLink({ ...server, testKey }, link.linkId)).toMatchObject({ status: "complete" });
    return countRequests((await readSandboxLog(port)).filter((one) => one.path !== "/favicon.ico"));
  } finally {
    await server.stop();
    removeFolder(data);
  }
}

test("a closed window gives up the link, and the next device can take it", { timeout: 60_000 }, async () => {
  const link = await createLink(passage);
  const device = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await device.person.waitForSelector("input#usernameTextBox");
  await expect.poll(() => device.output()).toContain("step");
  await closeWindow(device.person);
  expect(await device.ended).toBe(1);
  expect(device.output()).toContain("Not complete");
  await expect
    .poll(() => getLink(passage, link.linkId))
    .toMatchObject({
      status: "failed",
      error: { details: { reason: "user_gave_up" } },
    });
  const again = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await signInUpToCode(again.person);
  await enterCode(again.person);
  expect(await again.ended, again.output()).toBe(0);
});
