import { afterAll, expect, test } from "vitest";
import { scenarioUsers } from "../../sandbox/src/users.ts";
import { createLink, getLink } from "../harness/api.ts";
import { openDeviceProcess } from "../harness/open-device.ts";
import { signInAs } from "../harness/person.ts";
import { usePassage } from "../harness/use-passage.ts";

/** Each row of the sandbox's table of users, run in a real browser: it ends as its row says. */
const passage = usePassage();
const carriers = ["att", "verizon", "tmobile"];
const rows = scenarioUsers.map((user, index) => ({ ...user, carrier: carriers[index % carriers.length] ?? "att" }));
const times: string[] = [];

afterAll(() => console.log(times.join("\n")));

test.each(rows)("$name on $carrier: $outcome", { timeout: 90_000 }, async (user) => {
  const startedAt = performance.now();
  const link = await createLink(passage, { integrationId: user.carrier });
  const device = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await signInAs(device.person, user.carrier, user.name);
  await device.ended;
  await expect.poll(async () => (await getLink(passage, link.linkId)).status).toMatch(/complete|failed/);
  const { status, result, error } = await getLink(passage, link.linkId);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5);
  times.push(`${user.name.padEnd(20)} ${user.carrier.padEnd(8)} ${user.outcome.padEnd(18)} ${seconds} s`);
  if (user.outcome !== "complete") {
    expect({ status, error }).toMatchObject({ status: "failed", error: { details: { reason: user.outcome } } });
    return;
  }
  expect({ status, error }).toMatchObject({ status: "complete", error: null });
  const { billing } = result as { billing: { periodStart: string; amountDue: number }[] };
  expect(billing).toHaveLength(user.billCount);
  // The newest months of every account, with the amount that tells them apart.
  const known = [85, 85, 92.13, 85, 1042.17].slice(0, user.billCount);
  expect(billing.slice(0, 5).map(({ amountDue }) => amountDue)).toEqual(known);
  expect(new Set(billing.map(({ periodStart }) => periodStart)).size).toBe(user.billCount);
});

const write = {
  resource: "paymentMethod",
  action: "write",
  arguments: {
    cardNumber: "4000000000000002",
    expirationDate: "12/30",
    cvv: "123",
    nameOnCard: "Sam Doe",
    billingZip: "98101",
  },
};

test.each([
  ["a card that the site refuses", "verizon", true, "blocked_by_site"],
  ["a card that the person does not confirm", "att", false, "user_gave_up"],
])("%s is not saved, and the link says why", { timeout: 90_000 }, async (_what, integrationId, confirms, reason) => {
  const link = await createLink(passage, { integrationId, ...write });
  const device = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await signInAs(device.person, integrationId, "user_no_mfa");
  await device.person.waitForSelector("#card-review");
  if (confirms) await device.person.click("#save-card");
  else await device.person.close();
  await device.ended;
  await expect
    .poll(() => getLink(passage, link.linkId))
    .toMatchObject({ status: "failed", error: { details: { reason } } });
  expect(JSON.stringify(await getLink(passage, link.linkId))).not.toContain(write.arguments.cardNumber);
});
