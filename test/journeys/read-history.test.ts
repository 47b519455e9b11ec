import { expect, test } from "vitest";
import { journey } from "../harness/journey.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();

test("articles, no more than the limit, newest first", { timeout: 90_000 }, async () => {
  const read = { resource: "readHistory", action: "read", arguments: { limit: 12 } };
  const { event } = await journey(passage, "apple-review", "user_good", [read]);
  expect(event.event).toBe("link.complete");
  const { history } = event.result as unknown as { history: object[] };
  expect(history).toHaveLength(12);
  expect(history[0]).toEqual({
    id: "art_4100",
    title: "The quiet comeback of night trains",
    source: "Slow Travel Review",
    duration: 412,
    readAt: "2026-11-15T20:41:00.000Z",
  });
});
