import { DatabaseSync } from "node:sqlite";
import type { Page } from "@passage/providers/page";
import { expect, test } from "vitest";
import { Automation, type Pending } from "./automation.ts";
import { Journal } from "./journal.ts";

/** A real SQLite behind the one call that the journal makes of an object's storage. */
function freshJournal(): Journal {
  const database = new DatabaseSync(":memory:");
  const exec = (query: string, ...bindings: never[]) => {
    const rows = database.prepare(query).all(...bindings);
    return { toArray: () => rows, one: () => rows[0] };
  };
  return new Journal({ exec } as unknown as SqlStorage);
}

function run(journal: Journal, program: (page: Page) => Promise<unknown>) {
  const seen = { pending: [] as Pending[], result: undefined as unknown, error: undefined as unknown };
  const automation = new Automation(journal, {
    onPending: (pending) => seen.pending.push(pending),
    onResult: (result) => {
      seen.result = result;
    },
    onError: (error) => {
      seen.error = error;
    },
  });
  return { automation, seen, settled: automation.start(program, (url) => url) };
}

const program = async (page: Page) => {
  await page.navigate({ url: "https://a.example/" });
  const { url } = await page.url();
  return `at ${url}`;
};

test("a run that is cut off after any answer ends as one that was not", async () => {
  const journal = freshJournal();
  const first = run(journal, program);
  await first.settled;
  expect(first.seen.pending).toMatchObject([{ seq: 1, issued: { command: "navigate" } }]);
  first.automation.answer(1, { result: { url: "https://a.example/", status: 200 } }, 0);

  const second = run(journal, program);
  await second.settled;
  expect(second.seen.pending).toMatchObject([{ seq: 2, issued: { command: "url" } }]);
  expect(second.automation.answer(1, { result: {} }, 0)).toBe(false);
  expect(second.automation.answer(2, { result: { url: "https://a.example/" } }, 0)).toBe(true);
  await expect.poll(() => second.seen.result).toBe("at https://a.example/");

  const third = run(journal, program);
  await third.settled;
  expect(third.seen).toMatchObject({ pending: [], result: "at https://a.example/" });
});

test("a recorded error is thrown again, and the run may catch it again", async () => {
  const journal = freshJournal();
  const forgiving = async (page: Page) => page.click({ selector: "#x" }).catch((error) => error.code);
  const first = run(journal, forgiving);
  await first.settled;
  first.automation.answer(1, { error: { code: "timeout", message: "late" } }, 0);
  const second = run(journal, forgiving);
  await second.settled;
  expect(second.seen.result).toBe("timeout");
});

test("a run that asks for something else than was recorded has diverged", async () => {
  const journal = freshJournal();
  const first = run(journal, program);
  await first.settled;
  first.automation.answer(1, { result: {} }, 0);
  const changed = run(journal, async (page) => page.navigate({ url: "https://b.example/" }));
  await changed.settled;
  expect(changed.seen.error).toMatchObject({ code: "AUTOMATION_ERROR", details: { reason: "replay_diverged" } });
});

test("two requests at once are an error, not a race", async () => {
  const both = run(freshJournal(), (page) => Promise.all([page.url(), page.url()]));
  await both.settled;
  await expect.poll(() => both.seen.error).toMatchObject({ code: "AUTOMATION_ERROR" });
});
