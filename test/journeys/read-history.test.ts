import { expect, test } from "vitest";
import { createLink, getLink } from "../harness/api.ts";
import { openDeviceProcess } from "../harness/open-device.ts";
import { reader } from "../harness/people.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();
const timeout = 90_000;

async function run(person: (page: Parameters<typeof reader.withCode>[0]) => Promise<unknown>, args: object = {}) {
  const link = await createLink(passage, {
    integrationId: "apple-review",
    resource: "readHistory",
    action: "read",
    arguments: args,
  });
  const device = await openDeviceProcess(`${passage.url}/claim?code=${link.claimCode}`);
  await person(device.person);
  await device.ended;
  const { result, error } = await getLink(passage, link.linkId);
  return { history: (result as { history: object[] } | null)?.history, error };
}

test.each([
  ["user_good", reader.withCode, {}, 28],
  ["user_good", reader.withCode, { limit: 12 }, 12],
  ["user_no_mfa", reader.withPassword, {}, 9],
  ["user_empty", reader.withCode, {}, 0],
] as const)("%s: complete (%#)", { timeout }, async (user, signIn, args, count) => {
  const { history, error } = await run((page) => signIn(page, user), args);
  expect(error).toBeNull();
  expect(history).toHaveLength(count);
  if (count > 0)
    expect(history?.[0]).toEqual({
      id: "art_4100",
      title: "The quiet comeback of night trains",
      source: "Slow Travel Review",
      duration: 412,
      readAt: "2026-11-15T20:41:00.000Z",
    });
});

test.each([
  ["user_locked", "account_locked"],
  ["user_hang", "site_down"],
  ["user_changed", "site_changed"],
])("%s: fails as %s", { timeout }, async (user, reason) => {
  const { error } = await run((page) => reader.withPassword(page, user));
  expect(error).toMatchObject({ code: "AUTOMATION_ERROR", details: { reason } });
});
