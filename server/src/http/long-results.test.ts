import type { AttemptList, LinkList } from "@passage/protocol/http/link";
import { expect, test } from "vitest";
import { createLink, request } from "../../../test/harness/api.ts";
import { playLink } from "../../../test/harness/completed-link.ts";
import { asOrganization } from "../../../test/harness/operator.ts";
import { historyOf, readHistory } from "../../../test/harness/read-history-script.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();
const longResult = () => historyOf(900_000);

test("a list of links does not carry their results, however long these are", { timeout: 180_000 }, async () => {
  const owner = await asOrganization(passage, "long-results");
  for (let batch = 0; batch < 10; batch++) {
    const made = await Promise.all(Array.from({ length: 10 }, () => createLink(owner, readHistory)));
    await Promise.all(made.map((link) => playLink(owner, link, historyOf(1_000_000 - 200))));
  }
  const { status, body } = await request<LinkList>(owner, "GET", "/v1/links?limit=100");
  expect(status).toBe(200);
  expect(body.links.map((link) => link.status)).toEqual(Array(100).fill("complete"));
  expect(body.links[0]).not.toHaveProperty("result");
});

test("a page of attempts with long results ends before its limit, and the next one goes on", async () => {
  const link = await createLink(passage, { ...readHistory, reusable: true });
  for (let attempt = 0; attempt < 6; attempt++) await playLink(passage, link, longResult());
  const page = async (cursor: string) =>
    (await request<AttemptList>(passage, "GET", `/v1/links/${link.linkId}/attempts?limit=100${cursor}`)).body;
  const first = await page("");
  const second = await page(`&cursor=${first.nextCursor}`);
  expect([first.attempts.length, second.attempts.length]).toEqual([4, 2]);
  expect(second.nextCursor).toBe(null);
  const all = [...first.attempts, ...second.attempts];
  expect(new Set(all.map(({ sessionId }) => sessionId)).size).toBe(6);
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set(["complete"]));
});
