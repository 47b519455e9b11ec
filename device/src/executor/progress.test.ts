import { PassageError } from "@passage/protocol/errors";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Progress } from "./progress.ts";

const unheard: unknown[] = [];
const hear = (reason: unknown) => unheard.push(reason);
beforeEach(() => {
  unheard.length = 0;
  process.prependListener("unhandledRejection", hear);
});
afterEach(() => process.removeListener("unhandledRejection", hear));

const cancelled = new PassageError("cancelled", "The command was cancelled");
/** An unhandled rejection is reported one turn of the event loop later. */
const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

test("what fails after the command was cancelled is heard, before the race and in it", async () => {
  for (const isAbortedFirst of [true, false]) {
    const progress = new Progress(1_000);
    const late = Promise.withResolvers<never>();
    if (isAbortedFirst) progress.abort(cancelled);
    const raced = progress.race(late.promise);
    if (!isAbortedFirst) progress.abort(cancelled);
    await expect(raced).rejects.toBe(cancelled);
    late.reject(new Error("late"));
    await turnOfTheLoop();
    progress.finish();
  }
  expect(unheard).toEqual([]);
});
