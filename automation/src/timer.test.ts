import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Timer } from "./timer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a deadline that is moved passes at its last place, once, and not before", () => {
  const passed: number[] = [];
  const timer = new Timer(() => passed.push(Date.now()));
  const start = Date.now();
  for (let moved = 0; moved < 50; moved++) {
    timer.set(1_000);
    vi.advanceTimersByTime(100);
  }
  expect(passed).toEqual([]);
  vi.advanceTimersByTime(10_000);
  expect(passed).toEqual([start + 49 * 100 + 1_000]);
});

test("an earlier deadline overtakes a later one; a cleared one never passes", () => {
  const passed: number[] = [];
  const timer = new Timer(() => passed.push(Date.now()));
  const start = Date.now();
  timer.set(60_000);
  timer.set(500);
  vi.advanceTimersByTime(60_000);
  expect(passed).toEqual([start + 500]);
  timer.set(500);
  timer.clear();
  vi.advanceTimersByTime(60_000);
  expect(passed).toHaveLength(1);
});

test("a stopped one leaves nothing behind that would keep the object awake", () => {
  const timer = new Timer(() => {});
  timer.set(500);
  timer.stop();
  expect(vi.getTimerCount()).toBe(0);
});
