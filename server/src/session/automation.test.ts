import { DatabaseSync } from "node:sqlite";
import { Automation, type Pending } from "@passage/automation/automation";
import { linkError } from "@passage/automation/failure";
import type { Page } from "@passage/automation/page";
import { atUrl, click, nameOfStep, place, steps } from "@passage/providers/steps/step";
import { afterEach, expect, test, vi } from "vitest";
import { Journal } from "./journal.ts";
import { sessionMigrations } from "./migrations.ts";

/** A real SQLite behind the one call that the journal makes of an object's storage. */
function freshJournal(): Journal {
  const database = new DatabaseSync(":memory:");
  for (const migration of sessionMigrations)
    migration({ exec: (query: string) => database.exec(query) } as unknown as SqlStorage);
  const exec = (query: string, ...bindings: never[]) => {
    const rows = database.prepare(query).all(...bindings);
    return { toArray: () => rows, one: () => rows[0] };
  };
  return new Journal({ exec } as unknown as SqlStorage, () => null);
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
  return { automation, seen, settled: automation.start(program) };
}

const site = "https://a.example";
const does = steps({
  front: place(`${site}/`),
  other: place(`${site}/other`),
  isFront: atUrl(site, "/"),
  more: click("#x"),
});
const isFront = { command: "at", params: { step: nameOfStep(does.isFront) } };

const program = async (page: Page) => {
  await page.go(does.front);
  return `at the front: ${await page.at(does.isFront)}`;
};

test("[S40] a run that is cut off after any answer ends as one that was not", async () => {
  const journal = freshJournal();
  const first = run(journal, program);
  await first.settled;
  expect(first.seen.pending).toMatchObject([
    { seq: 1, issued: { command: "step", params: { step: nameOfStep(does.front) } } },
  ]);
  first.automation.answer(1, { result: { status: "ok" } }, 0);

  const second = run(journal, program);
  await second.settled;
  expect(second.seen.pending).toMatchObject([{ seq: 2, issued: isFront }]);
  expect(second.automation.answer(1, { result: {} }, 0)).toBe(false);
  expect(second.automation.answer(2, { result: { holds: true } }, 0)).toBe(true);
  await expect.poll(() => second.seen.result).toBe("at the front: true");

  const third = run(journal, program);
  await third.settled;
  expect(third.seen).toMatchObject({ pending: [], result: "at the front: true" });
});

test("[S41] a recorded error is thrown again, and the run may catch it again", async () => {
  const journal = freshJournal();
  const forgiving = async (page: Page) => page.tap(does.more).catch((error) => error.code);
  const first = run(journal, forgiving);
  await first.settled;
  first.automation.answer(1, { error: { code: "timeout", message: "late" } }, 0);
  const second = run(journal, forgiving);
  await second.settled;
  expect(second.seen.result).toBe("timeout");
});

test("[S42] a run that asks for something else than was recorded has diverged", async () => {
  const journal = freshJournal();
  const first = run(journal, program);
  await first.settled;
  first.automation.answer(1, { result: {} }, 0);
  const changed = run(journal, async (page) => page.go(does.other));
  await changed.settled;
  expect(changed.seen.error).toMatchObject({ code: "AUTOMATION_ERROR", details: { reason: "replay_diverged" } });
});

afterEach(() => {
  vi.useRealTimers();
});

test("[S46] a run that returns with a request pending has a floating promise", async () => {
  const floating = run(freshJournal(), async (page) => {
    void page.at(does.isFront);
  });
  await floating.settled;
  await expect.poll(() => floating.seen.error).toMatchObject({ details: { reason: "floating_request" } });
});

test("[S47] a run that waits for something else than its page is ended as stalled", async () => {
  vi.useFakeTimers();
  const stalled = run(freshJournal(), () => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(10_000);
  await stalled.settled;
  expect(stalled.seen.error).toMatchObject({ details: { reason: "automation_stalled" } });
});

test("[S48] a run that asks without end is stopped", async () => {
  const endless = run(freshJournal(), async (page) => {
    for (;;) await page.at(does.isFront);
  });
  await endless.settled;
  for (let seq = 1; seq <= 2_000; seq++) {
    await expect.poll(() => endless.automation.pending?.seq, { interval: 0 }).toBe(seq);
    endless.automation.answer(seq, { result: { holds: true } }, 0);
  }
  await expect.poll(() => endless.seen.error).toMatchObject({ details: { reason: "too_many_requests" } });
});

test("[S59] a device that answers without measure ends the run", async () => {
  const journal = freshJournal();
  const asking = async (page: Page) => {
    for (;;) await page.at(does.isFront);
  };
  const answer = { result: { holds: true, more: "x".repeat(1_000_000) } };
  const first = run(journal, asking);
  await first.settled;
  for (let seq = 1; seq <= 67; seq++) {
    await expect.poll(() => first.automation.pending?.seq, { interval: 0 }).toBe(seq);
    first.automation.answer(seq, answer, 0);
  }
  await expect.poll(() => first.automation.pending?.seq).toBe(68);
  const second = run(journal, asking);
  await expect.poll(() => second.automation.pending?.seq).toBe(68);
  second.automation.answer(68, answer, 0);
  await expect.poll(() => second.seen.error).toMatchObject({ details: { reason: "too_much_answered" } });
});

test("[S49] a run that throws or recurses without end is a bug of its own, and says no more", async () => {
  const recursive = (page: Page): Promise<unknown> => recursive(page);
  for (const program of [
    async () => (undefined as unknown as { x: string }).x,
    async (page: Page) => recursive(page),
  ]) {
    const broken = run(freshJournal(), program);
    await broken.settled;
    expect(linkError(broken.seen.error)).toMatchObject({
      code: "AUTOMATION_ERROR",
      details: { reason: "automation_bug", error: expect.stringMatching(/TypeError|RangeError/) },
    });
  }
});

test("[S45] two requests at once are an error, not a race", async () => {
  const both = run(freshJournal(), (page) => Promise.all([page.at(does.isFront), page.at(does.isFront)]));
  await both.settled;
  await expect.poll(() => both.seen.error).toMatchObject({ details: { reason: "concurrent_requests" } });
});
