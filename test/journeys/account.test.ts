import { afterAll, beforeAll, expect, test } from "vitest";
import { DevToolsHands } from "../harness/devtools-hands.ts";
import { journeyBy } from "../harness/journey.ts";
import { openDeviceProcess } from "../harness/open-device.ts";
import { asOrganization } from "../harness/operator.ts";
import type { Running } from "../harness/passage-process.ts";
import { signInAs } from "../harness/person.ts";
import { startRecordingProxy } from "../harness/recording-proxy.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();
let proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
beforeAll(async () => {
  proxy = await startRecordingProxy(passage.url);
});
afterAll(() => proxy.stop());

/** The account that a user of T-Mobile's twin has, as a link of the organization tells it. */
async function accountOf(user: string, organization: Running = passage) {
  const read = [{ resource: "account", action: "read" }];
  const { event, outcomes, keptBack } = await journeyBy(organization, "tmobile", read, async (claimUrl) => {
    const device = await openDeviceProcess(claimUrl.replace(passage.url, proxy.url));
    await signInAs(new DevToolsHands(device.person), "tmobile", user);
    await device.ended;
    return device.output();
  });
  expect(event.status, JSON.stringify(event.error)).toBe("complete");
  expect(keptBack).toEqual([]);
  return outcomes[0]?.data as { accountId: string; holderName?: string; memberSince?: string };
}

test("an account is known again by its organization alone, and its number stays on the device", {
  timeout: 180_000,
}, async () => {
  const account = await accountOf("user_no_mfa");
  expect(account).toEqual({ accountId: account.accountId, holderName: "Sam Rivera", memberSince: "2019-03-14" });
  // Another device, and another session.
  expect(await accountOf("user_no_mfa")).toEqual(account);

  const elsewhere = await accountOf("user_no_mfa", await asOrganization(passage, "acme"));
  expect(elsewhere).toMatchObject({ holderName: "Sam Rivera" });
  expect(elsewhere.accountId).not.toBe(account.accountId);

  const nameless = await accountOf("user_empty");
  expect(Object.keys(nameless)).toEqual(["accountId"]);
  expect(nameless.accountId).not.toBe(account.accountId);

  const sent = proxy.sent.join("\n");
  expect(sent).toContain(account.accountId);
  expect(sent).not.toContain("9704182");
  expect(passage.output.join("\n")).not.toContain("9704182");
});
